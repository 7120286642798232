using System.Globalization;
using System.Text;
using ModelContextProtocol.Protocol;

namespace GitHub.Files;

/// <summary>Shows a file's bytes to a model: text as text, pictures as pictures, and of anything else only what it is.</summary>
internal static class FileText
{
    /// <summary>The longest text in characters that is shown at once.</summary>
    private const int Longest = 80_000;
    private const int LargestPicture = 3_000_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static CallToolResult Show(FileEntry file, byte[] bytes, int? startLine, int? endLine)
    {
        if (Read(bytes) is { } text)
        {
            return ShowText(file, text, startLine, endLine);
        }

        var about = string.Create(CultureInfo.InvariantCulture, $"{file.Path}: binary, {bytes.Length:N0} bytes, sha {file.Sha}");
        return PictureType(file.Name) is { } type && bytes.Length <= LargestPicture
            ? Result(ImageContentBlock.FromBytes(bytes, type), Text(about))
            : Result(Text($"{about}. Its content is not shown; people get it at {file.HtmlUrl ?? file.DownloadUrl}."));
    }

    private static CallToolResult ShowText(FileEntry file, string text, int? startLine, int? endLine)
    {
        var lines = text.Split('\n');
        var total = lines is [.., ""] ? lines.Length - 1 : lines.Length;
        var first = Math.Clamp(startLine ?? 1, 1, Math.Max(total, 1));
        var last = Math.Clamp(endLine ?? total, first, Math.Max(total, 1));
        var shown = Math.Min(last, FitFrom(lines, first, last));
        var part = first == 1 && shown == total ? text : string.Join('\n', lines[(first - 1)..shown]);
        var about = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{file.Path}: lines {first}-{shown} of {total}, {file.Size:N0} bytes, sha {file.Sha}");
        if (part.Length > Longest)
        {
            part = part[..Longest];
            about.Append(CultureInfo.InvariantCulture, $". Line {first} is cut after {Longest:N0} characters");
        }

        if (shown < last)
        {
            about.Append(CultureInfo.InvariantCulture, $". Get the rest with startLine={shown + 1}");
        }

        return Result(Text(part), Text(about.ToString()));
    }

    /// <summary>The last line that still fits; at least one is shown.</summary>
    private static int FitFrom(string[] lines, int first, int last)
    {
        var length = 0;
        for (var line = first; line <= last; line++)
        {
            length += lines[line - 1].Length + 1;
            if (length > Longest)
            {
                return Math.Max(first, line - 1);
            }
        }

        return last;
    }

    /// <summary>The bytes as text, or null: git takes a file with a NUL byte for binary as well.</summary>
    public static string? Read(byte[] bytes)
    {
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 8000)).Contains((byte)0))
        {
            return null;
        }

        try
        {
            var bom = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
            return Strict.GetString(bytes, bom, bytes.Length - bom);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? PictureType(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        _ => null,
    };

    private static TextContentBlock Text(string text) => new() { Text = text };

    private static CallToolResult Result(params ContentBlock[] content) => new() { Content = [.. content] };
}
