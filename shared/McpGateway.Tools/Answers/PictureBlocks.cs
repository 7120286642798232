using System.Globalization;
using System.Text;
using ModelContextProtocol.Protocol;

namespace McpGateway.Tools.Answers;

/// <summary>Takes pictures that stand in JSON as data URIs out of it, so that a model sees them instead of reading their bytes.</summary>
internal static class PictureBlocks
{
    private const string Beginning = "\"data:image/";
    private const string Encoding = ";base64,";
    private const int MostPictures = 4;

    /// <summary>Puts a word in the place of each picture, and those that can be shown after the text.</summary>
    public static void TakeOut(CallToolResult result)
    {
        foreach (var block in result.Content.OfType<TextContentBlock>().Where(block => block.Text.StartsWith('{')).ToList())
        {
            var (text, pictures) = TakeOut(block.Text);
            block.Text = text;
            result.Content = pictures.Count == 0 ? result.Content : [.. result.Content, .. pictures];
        }
    }

    private static (string Text, IReadOnlyList<ImageContentBlock> Pictures) TakeOut(string json)
    {
        var pictures = new List<ImageContentBlock>();
        StringBuilder? text = null;
        var copied = 0;
        for (var at = 0; (at = json.IndexOf(Beginning, at, StringComparison.Ordinal)) >= 0; )
        {
            var end = json.IndexOf('"', at + 1);
            var comma = json.IndexOf(Encoding, at, StringComparison.Ordinal);
            if (end < 0 || comma < 0 || comma > end)
            {
                at += Beginning.Length;
                continue;
            }

            var (word, picture) = Show(json.AsSpan((comma + Encoding.Length)..end), pictures.Count);
            if (picture is not null)
            {
                pictures.Add(picture);
            }

            text ??= new();
            text.Append(json, copied, at + 1 - copied).Append(word);
            copied = at = end;
        }

        return text is null ? (json, pictures) : (text.Append(json, copied, json.Length - copied).ToString(), pictures);
    }

    private static (string Word, ImageContentBlock? Block) Show(ReadOnlySpan<char> base64, int shown)
    {
        var size = ((long)base64.Length * 3 / 4) - (base64.Length - base64.TrimEnd('=').Length);
        var bytes = new byte[size <= Picture.MostBytes ? size + 3 : 100_000];
        var head = base64[..Math.Min(base64.Length, bytes.Length / 3 * 4)];
        if (
            !Convert.TryFromBase64Chars(head[..(head.Length & ~3)], bytes, out var read)
            || Picture.Read(bytes.AsSpan(0, read)) is not { } picture
        )
        {
            return (string.Create(CultureInfo.InvariantCulture, $"(a picture of {size:N0} bytes, which cannot be read)"), null);
        }

        var described = string.Create(
            CultureInfo.InvariantCulture,
            $"{picture.MediaType}, {picture.Width} x {picture.Height} pixels, {size:N0} bytes"
        );
        return picture.CanBeShown(size) && shown < MostPictures
            ? (
                $"(picture {shown + 1} of this result: {described})",
                ImageContentBlock.FromBytes(bytes.AsMemory(0, read), picture.MediaType)
            )
            : (
                $"(a picture that is too large to be shown: {described}; at most {Picture.MostPixels} on a side and {MostPictures} in an answer)",
                null
            );
    }
}
