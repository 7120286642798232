using System.Globalization;
using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GitHub.Files;

/// <summary>Shows a file to a model: text as text, pictures as pictures, and of anything else only what it is.</summary>
internal static class FileText
{
    private const int LargestPicture = 3_000_000;

    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a file is to be shown as the picture its name says it is.</summary>
    public static bool IsPicture(FileEntry file) => PictureType(file.Name) is not null && file.Size <= LargestPicture;

    public static CallToolResult ShowPicture(FileEntry file, byte[] bytes) =>
        Result(ImageContentBlock.FromBytes(bytes, PictureType(file.Name)!), Text(About(file)));

    /// <param name="lines">Null where the file is not text.</param>
    /// <exception cref="McpException">The file ends before the first line that is wanted.</exception>
    public static CallToolResult Show(FileEntry file, FileLines? lines) =>
        lines switch
        {
            null => Result(Text($"{About(file)}. Its content is not shown; people get it at {PageOf(file)}.")),
            { Total: 0 } => Result(Text(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: empty, 0 bytes, sha {file.Sha}"))),
            _ when lines.First > lines.Total => throw new McpException(
                $"startLine={lines.First} is past the end: {file.Path} has {lines.Total} lines."
            ),
            _ => Result(Text(lines.Text), Text(About(file, lines))),
        };

    private static string About(FileEntry file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Path}: binary, {file.Size:N0} bytes, sha {file.Sha}");

    private static string About(FileEntry file, FileLines lines)
    {
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Path}: lines {lines.First}-{lines.Last} of {lines.Total}, {file.Size:N0} bytes, sha {file.Sha}"
        );
        var cut = lines.IsCut
            ? string.Create(
                CultureInfo.InvariantCulture,
                $". Line {lines.First} is cut after {FileLines.Longest:N0} characters; people get all of it at {PageOf(file)}"
            )
            : "";
        return $"{about}{cut}{(lines.HasMore ? $". Get the rest with startLine={lines.Last + 1}" : "")}";
    }

    private static string? PageOf(FileEntry file) => file.HtmlUrl ?? file.DownloadUrl;

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

    private static string? PictureType(string name) =>
        Path.GetExtension(name).ToLowerInvariant() switch
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
