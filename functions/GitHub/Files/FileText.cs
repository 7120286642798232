using System.Globalization;
using McpGateway.Tools.Answers;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GitHub.Files;

/// <summary>Shows a file to a model: text as text, pictures as pictures, and of anything else only what it is.</summary>
internal static class FileText
{
    private const int LargestBase64 = 48_000;

    // A shorter file is read whole sooner than searched.
    private const int ShortestSearched = 8_000;

    private static readonly HashSet<string> PictureNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
    };

    /// <summary>Whether a file is to be shown as the picture its name says it is.</summary>
    public static bool IsPicture(FileEntry file) => PictureNames.Contains(Path.GetExtension(file.Name)) && file.Size <= Picture.MostBytes;

    /// <summary>The picture, if a model can be shown it; its own header says what it is and how large.</summary>
    public static CallToolResult ShowPicture(FileEntry file, byte[] bytes) =>
        Picture.Read(bytes) is not { } picture ? Show(file, lines: null)
        : picture.CanBeShown(bytes.Length)
            ? Result(
                ImageContentBlock.FromBytes(bytes, picture.MediaType),
                Text($"{About(file)}, {picture.Width} x {picture.Height} pixels")
            )
        : Result(
            Text(
                $"{About(file)}: a picture of {picture.Width} x {picture.Height} pixels, too large to be shown (at most "
                    + $"{Picture.MostPixels} on a side and {Picture.MostBytes / 1_000_000} MB); people see it at {PageOf(file)}."
            )
        );

    /// <summary>The bytes as base64, for what is not text.</summary>
    /// <exception cref="McpException">The file is larger than a model should get.</exception>
    public static CallToolResult ShowBytes(FileEntry file, byte[] bytes) =>
        bytes.Length <= LargestBase64
            ? Result(
                Text(Convert.ToBase64String(bytes)),
                Text(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: base64 of {bytes.Length:N0} bytes, sha {file.Sha}"))
            )
            : throw new McpException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file.Path} has {bytes.Length:N0} bytes, and encoding=base64 shows {LargestBase64:N0} at most; people get it at {PageOf(file)}."
                )
            );

    /// <param name="lines">Null where the file is not text.</param>
    /// <param name="cursor">By which read_more reads on, and searches all of it.</param>
    /// <exception cref="McpException">The file ends before the first line that is wanted.</exception>
    public static CallToolResult Show(FileEntry file, FileLines? lines, string? cursor = null) =>
        lines switch
        {
            null => Result(
                Text(
                    $"{About(file)}. Its content is not shown; encoding=base64 shows the bytes of a small file, and people get it at {PageOf(file)}."
                )
            ),
            { Total: 0 } => Result(Text(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: empty, 0 bytes, sha {file.Sha}"))),
            _ when lines.First > lines.Total => throw new McpException(
                $"startLine={lines.First} is past the end: {file.Path} has {lines.Total} lines."
            ),
            _ => Result(Text(lines.Text), Text(About(file, lines) + Search(lines, cursor))),
        };

    private static string About(FileEntry file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Path}: binary, {file.Size:N0} bytes, sha {file.Sha}");

    private static string About(FileEntry file, FileLines lines)
    {
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Path}: lines {lines.First}-{lines.Last} of {lines.Total}, {file.Size:N0} bytes, sha "
                + $"{file.Sha}{EncodingOf(lines)}{LargeFileNote(file, lines)}"
        );
        var cut = lines.IsCut
            ? string.Create(
                CultureInfo.InvariantCulture,
                $". Line {lines.First} is cut after {FileLines.LongestLine:N0} characters; people get all of it at {PageOf(file)}"
            )
            : "";
        return $"{about}{cut}{(lines.HasMore ? $". Get the rest with startLine={lines.Last + 1}" : "")}";
    }

    private static string EncodingOf(FileLines lines) =>
        lines.Encoding == FileEncoding.Utf8.Name ? ""
        // Any bytes are text in it, so that it is a guess.
        : lines.Encoding == FileEncoding.Windows1252.Name ? $", not UTF-8: read as {lines.Encoding}"
        : $", {lines.Encoding}";

    /// <summary>Whether there is more of it than is shown, and enough to search.</summary>
    public static bool IsSearched(FileLines lines) =>
        lines.Whole.Length > ShortestSearched && lines.First <= lines.Total && (lines.Last < lines.Total || lines.First > 1);

    private static string Search(FileLines lines, string? cursor) =>
        cursor is not null
            ? $". {ReadMoreTools.Hint(cursor)}"
                + (
                    lines.Whole.Length < FileLines.MostKept
                        ? ""
                        : string.Create(CultureInfo.InvariantCulture, $" It knows the first {FileLines.MostKept:N0} characters.")
                )
            : "";

    private static string? PageOf(FileEntry file) => file.HtmlUrl ?? file.DownloadUrl;

    /// <summary>The bytes as text, or null.</summary>
    public static string? Read(byte[] bytes) => FileEncoding.Of(bytes)?.Read(bytes);

    private static string LargeFileNote(FileEntry file, FileLines lines) =>
        lines.First == 1 && LargeFilePointer.SizeOf(lines.Text) is { } bytes
            ? string.Create(
                CultureInfo.InvariantCulture,
                $". This is a pointer of Git LFS: the file itself has {bytes:N0} bytes and is stored elsewhere; people get it at {PageOf(file)}"
            )
            : "";

    private static TextContentBlock Text(string text) => new() { Text = text };

    private static CallToolResult Result(params ContentBlock[] content) => new() { Content = [.. content] };
}
