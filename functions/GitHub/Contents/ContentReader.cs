using GitHub.Files;
using Microsoft.AspNetCore.StaticFiles;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Contents;

/// <summary>Files of a repository as resources: text as text, anything else as a blob.</summary>
internal sealed class ContentReader(IFilesApi api)
{
    /// <summary>The largest file in bytes that is handed out; a resource cannot come in parts.</summary>
    public const int Largest = 5_000_000;

    private const int MostEntriesNamed = 50;

    private static readonly FileExtensionContentTypeProvider Types = new(new FileExtensionContentTypeProvider().Mappings)
    {
        Mappings = { [".md"] = "text/markdown" },
    };

    /// <summary>Reads what a URI of <see cref="ContentTemplates"/> names.</summary>
    /// <exception cref="McpException">It is not a file, or too large.</exception>
    public async Task<ResourceContents> ReadAsync(
        RequestContext<ReadResourceRequestParams> request,
        string owner,
        string repo,
        string path,
        string? branch = null,
        string? sha = null,
        string? tag = null,
        string? prNumber = null,
        CancellationToken cancellationToken = default
    )
    {
        var reference = ContentReference.Of(branch, sha, tag, prNumber);
        var trimmed = path.Trim('/');
        var entry =
            trimmed.Length == 0
                ? await api.GetRootAsync(owner, repo, reference, cancellationToken)
                : await api.GetAsync(owner, repo, trimmed, reference, cancellationToken);
        Demand(entry, trimmed);
        var bytes = await api.ReadBytesAsync(owner, repo, entry, reference, cancellationToken);
        var type = Types.TryGetContentType(entry.Name, out var known) ? known : null;
        return FileText.Read(bytes) is { } text
            ? new TextResourceContents
            {
                Uri = request.Params.Uri,
                MimeType = IsTextual(type) ? type : "text/plain",
                Text = text,
            }
            : BlobResourceContents.FromBytes(bytes, request.Params.Uri, type ?? "application/octet-stream");
    }

    private static void Demand(FileEntry entry, string path)
    {
        var problem = entry.Type switch
        {
            "dir" => $"'{path}' is a folder, and folders are not resources: read one of its files. It contains: {EntriesOf(entry)}",
            "symlink" => $"'{path}' is a symbolic link to {entry.Target}, which is not a file of this repository.",
            "submodule" => $"'{path}' is a submodule of {entry.SubmoduleGitUrl} at commit {entry.Sha}: read that repository.",
            _ when entry.Size > Largest =>
                $"'{path}' has {entry.Size:N0} bytes, more than a resource may have here ({Largest:N0}): get parts of it with the "
                    + "tool get_file_contents (startLine, endLine).",
            _ => null,
        };
        if (problem is not null)
        {
            throw new McpException(problem);
        }
    }

    private static string EntriesOf(FileEntry folder)
    {
        var entries = folder.Entries ?? [];
        var names = string.Join(", ", entries.Take(MostEntriesNamed).Select(entry => entry.Type == "dir" ? $"{entry.Name}/" : entry.Name));
        return entries.Count > MostEntriesNamed ? $"{names} and {entries.Count - MostEntriesNamed} more." : $"{names}.";
    }

    /// <summary>Whether a file of text may go by its extension's type: that of .ts, say, is a film's.</summary>
    private static bool IsTextual(string? type) =>
        type is not null
        && type != "application/octet-stream"
        && (type.StartsWith("text/", StringComparison.Ordinal) || type.StartsWith("application/", StringComparison.Ordinal));
}
