using ModelContextProtocol;

namespace Firecrawl.Parsing;

/// <summary>The files tools may read: those below FIRECRAWL_FILES, wherever links in it lead, and of the kinds Firecrawl parses.</summary>
internal sealed class ParseFiles(FirecrawlOptions options)
{
    public const int MostBytes = 50_000_000;

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".html", ".htm", ".xhtml", ".pdf", ".docx", ".doc", ".docm", ".odt", ".ods", ".odp", ".rtf", ".xlsx", ".xls", ".xlsm", ".xlsb", ".pptx", ".ppt", ".pptm", ".epub", ".csv",
    };

    /// <exception cref="McpException">The kind of file is not one Firecrawl parses.</exception>
    public static void CheckKind(string field, string name)
    {
        if (!Extensions.Contains(Path.GetExtension(name)))
        {
            throw new McpException($"{field}='{name}' is not of a kind that can be parsed: use {string.Join(", ", Extensions.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <exception cref="McpException">The file is not below the folder, not there, or too large.</exception>
    public async Task<byte[]> ReadAsync(string filePath, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(options.Files))
        {
            throw new McpException("filePath cannot be read: no folder for files is set up (FIRECRAWL_FILES). Give the file's bytes as content (base64), with its name as filePath.");
        }

        CheckKind("filePath", filePath);
        var folder = Resolve(new DirectoryInfo(options.Files).FullName);
        var path = Path.GetFullPath(filePath, folder);
        if (!File.Exists(path) || !Resolve(path).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new McpException($"filePath='{filePath}' is no file below the folder for files.");
        }

        var real = new FileInfo(Resolve(path));
        CheckKind("filePath", real.Name);
        return real.Length <= MostBytes
            ? await File.ReadAllBytesAsync(real.FullName, cancellationToken)
            : throw new McpException($"filePath='{filePath}' has {real.Length:N0} bytes; at most {MostBytes:N0} can be parsed.");
    }

    /// <summary>The real path: links on every level followed.</summary>
    private static string Resolve(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = (Directory.Exists(next) ? (FileSystemInfo)new DirectoryInfo(next) : new FileInfo(next)).ResolveLinkTarget(returnFinalTarget: true) is { } target
                ? Resolve(target.FullName)
                : next;
        }

        return real;
    }
}
