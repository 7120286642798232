using ModelContextProtocol;

namespace Firecrawl.Parsing;

/// <summary>The files tools may read: those below FIRECRAWL_FILES, wherever links in it lead, and of the kinds Firecrawl parses.</summary>
internal sealed class ParseFiles(FirecrawlOptions options)
{
    public const int MostBytes = 50_000_000;

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".html",
        ".htm",
        ".xhtml",
        ".pdf",
        ".docx",
        ".doc",
        ".docm",
        ".odt",
        ".ods",
        ".odp",
        ".rtf",
        ".xlsx",
        ".xls",
        ".xlsm",
        ".xlsb",
        ".pptx",
        ".ppt",
        ".pptm",
        ".epub",
        ".csv",
        ".png",
        ".jpg",
        ".jpeg",
        ".tif",
        ".tiff",
        ".gif",
        ".bmp",
        ".jp2",
    };

    private const int MostNamed = 20;

    /// <exception cref="McpException">The kind of file is not one Firecrawl parses.</exception>
    public static void CheckKind(string field, string name)
    {
        if (name.Any(char.IsControl))
        {
            throw new McpException($"{field} holds control characters: give the plain name of a file.");
        }

        if (!Extensions.Contains(Path.GetExtension(name)))
        {
            throw new McpException(
                $"{field}='{name}' is not of a kind that can be parsed: use {string.Join(", ", Extensions.Order(StringComparer.Ordinal))}."
            );
        }
    }

    /// <exception cref="McpException">The file is not below the folder, not there, or too large.</exception>
    public async Task<byte[]> ReadAsync(string filePath, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(options.Files))
        {
            throw new McpException(
                "filePath cannot be read: no folder for files is set up (FIRECRAWL_FILES). Give the file's bytes as content "
                    + "(base64), with its name as filePath."
            );
        }

        CheckKind("filePath", filePath);
        var real = Find(filePath, options.Files);
        CheckKind("filePath", real.Name);
        return real.Length switch
        {
            // Pipes and devices have no length: to read one may take for ever.
            0 => throw new McpException($"filePath='{filePath}' is empty, or not a regular file."),
            > MostBytes => throw new McpException(
                $"filePath='{filePath}' has {real.Length:N0} bytes; at most {MostBytes:N0} can be parsed."
            ),
            _ => await ReadAsync(filePath, real, cancellationToken),
        };
    }

    private static async Task<byte[]> ReadAsync(string filePath, FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new McpException($"filePath='{filePath}' cannot be read by the gateway: the operator may have to grant read access.", e);
        }
    }

    private static FileInfo Find(string filePath, string files)
    {
        try
        {
            var folder = Resolve(new DirectoryInfo(files).FullName);
            var path = Path.GetFullPath(filePath, folder);
            if (
                File.Exists(path)
                && Resolve(path) is var real
                && real.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            )
            {
                return new FileInfo(real);
            }
        }
        catch (IOException)
        {
            // Links that lead in a circle.
        }

        throw new McpException($"filePath='{filePath}' is not inside the FIRECRAWL_FILES folder.{List(files)}");
    }

    /// <summary>What there is to read, links left out.</summary>
    private static string List(string files)
    {
        var found = new DirectoryInfo(files).Exists
            ? new DirectoryInfo(files)
                .EnumerateFiles(
                    "*",
                    new EnumerationOptions
                    {
                        RecurseSubdirectories = true,
                        MaxRecursionDepth = 5,
                        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
                    }
                )
                .Where(file => Extensions.Contains(file.Extension))
                .Take(MostNamed)
                .Select(file => Path.GetRelativePath(files, file.FullName))
                .Order(StringComparer.Ordinal)
                .ToList()
            : [];
        return found.Count == 0 ? "" : $" It holds{(found.Count == MostNamed ? " among others" : "")}: {string.Join(", ", found)}.";
    }

    /// <summary>The real path: links on every level followed.</summary>
    private static string Resolve(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = (Directory.Exists(next) ? (FileSystemInfo)new DirectoryInfo(next) : new FileInfo(next)).ResolveLinkTarget(
                returnFinalTarget: true
            )
                is { } target
                ? Resolve(target.FullName)
                : next;
        }

        return real;
    }
}
