using System.Text;
using ModelContextProtocol;

namespace GitHub.Files;

/// <summary>A file that a model sent, with its bytes.</summary>
internal sealed record EncodedFile(PushedFile File, byte[] Bytes)
{
    /// <summary>Longer files go in as blobs of their own.</summary>
    private const int LongestInline = 200_000;

    public string Path => File.Path.Trim('/');

    public string Text => File.Content;

    /// <summary>Whether it is written in the encoding of the file it replaces, which is not UTF-8.</summary>
    public bool KeepsEncoding { get; init; }

    public bool LosesLineEnds { get; init; }

    public string Mode { get; init; } = GitMode.File;

    public bool IsBlob => File.Encoding == "base64" || KeepsEncoding || Bytes.Length > LongestInline;

    /// <exception cref="McpException">A path cannot be one, or comes twice; a content is not what its encoding says.</exception>
    public static List<EncodedFile> All(IReadOnlyList<PushedFile> files)
    {
        DemandPaths(files.Select(file => file.Path.Trim('/')));
        return [.. files.Select(file => new EncodedFile(file, Encode(file.Path, file.Content, file.Encoding)))];
    }

    /// <summary>The bytes of a file that a model sent.</summary>
    public static byte[] Encode(string path, string content, string? encoding)
    {
        if (encoding != "base64")
        {
            return Encoding.UTF8.GetBytes(content);
        }

        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content, bytes, out var length)
            ? bytes[..length]
            : throw new McpException($"The content of {path} is not base64: send it without a data: prefix, or as encoding utf-8.");
    }

    private static void DemandPaths(IEnumerable<string> paths)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (path.Split('/').Any(part => part is "" or "." or ".." or ".git"))
            {
                throw new McpException(
                    $"files: '{path}' is not a file path: give it from the root, such as src/main.cs, without empty parts and dots."
                );
            }

            if (!known.Add(path))
            {
                throw new McpException($"files: '{path}' comes twice: give each file once.");
            }
        }

        if (known.FirstOrDefault(path => known.Any(other => other.StartsWith($"{path}/", StringComparison.Ordinal))) is { } both)
        {
            throw new McpException($"files: '{both}' is a file and a folder of others: it can be one of them.");
        }
    }
}
