using System.Text;
using System.Text.Json;

namespace GitHub.Specs;

/// <summary>A file as GitHub's contents API gives it.</summary>
internal static class FileEntry
{
    public static string Of(string path, string text, string sha = "abc") => Of(path, Encoding.UTF8.GetBytes(text), sha);

    public static string Of(string path, byte[] bytes, string sha = "abc") =>
        JsonSerializer.Serialize(
            new
            {
                type = "file",
                name = Path.GetFileName(path),
                path,
                sha,
                size = bytes.Length,
                html_url = $"https://h/{path}",
                encoding = "base64",
                content = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks),
            }
        );

    /// <summary>The root's tree, which says the mode of a file.</summary>
    public static string RootWith(string path) =>
        $$"""{"sha":"t","tree":[{"path":"{{path}}","mode":"100644","type":"blob","sha":"abc"}]}""";

    /// <summary>A blob of git's own API.</summary>
    public static string Blob(byte[] bytes) =>
        JsonSerializer.Serialize(new { content = Convert.ToBase64String(bytes), encoding = "base64" });
}
