using System.Text.Json.Serialization;
using GitHub.Files;
using GitHub.Text;
using ModelContextProtocol.Server;

namespace GitHub.Trees;

/// <summary>All paths of a repository at once.</summary>
internal sealed partial class TreeTools(IFilesApi api)
{
    private const int MostEntries = 1000;

    /// <summary>Files and folders of a tree.</summary>
    /// <param name="tree_sha">Sha, branch or tag; the default branch if not given.</param>
    /// <param name="recursive">Folders' contents as well.</param>
    /// <param name="path_filter">Only paths that begin with this.</param>
    [McpServerTool(Name = "get_repository_tree", Title = "Get repository tree", ReadOnly = true)]
    public async partial Task<TreeAnswer> GetTreeAsync(
        string owner,
        string repo,
        string? tree_sha = null,
        bool recursive = false,
        string? path_filter = null,
        CancellationToken cancellationToken = default
    )
    {
        var tree = await api.GetTreeAsync(owner, repo, tree_sha ?? "HEAD", recursive ? "1" : null, cancellationToken);
        // From the root, as everywhere; what follows is the beginning of a name, so that its end stays as it is.
        var start = path_filter is ['.', '/', .. var rest] ? rest : path_filter?.TrimStart('/');
        var entries = tree.Tree.Where(entry => start is null || entry.Path.StartsWith(start, StringComparison.Ordinal)).ToList();
        return new(
            tree.Sha,
            [.. entries.Take(MostEntries).Select(entry => entry with { Path = Sanitizer.CleanPlain(entry.Path) })],
            entries.Count > MostEntries || tree.Truncated,
            entries.Count,
            entries.Count > MostEntries || tree.Truncated ? "Not everything is here: give path_filter, or the tree_sha of a folder."
                : entries.Count == 0 && start is not null && !recursive
                    ? "Nothing at the top begins with path_filter: recursive=true looks into folders as well."
                : null
        );
    }
}

/// <param name="HasMore">Whether the list is cut.</param>
internal sealed record TreeAnswer(
    string Sha,
    IReadOnlyList<TreeEntry> Tree,
    [property: JsonPropertyName("hasMore")] bool HasMore,
    int Count,
    string? Note = null
);
