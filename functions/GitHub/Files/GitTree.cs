using System.Text.Json.Serialization;
using GitHub.Api;
using GitHub.Commits;

namespace GitHub.Files;

/// <summary>https://docs.github.com/en/rest/git/trees</summary>
internal sealed record GitTree(string Sha, IReadOnlyList<TreeEntry> Tree, bool Truncated = false);

internal sealed record TreeEntry(string Path, string Mode, string Type, string Sha, long? Size = null);

internal static class GitTrees
{
    /// <summary>What a commit or branch has at a path; null where that is nothing, or more than GitHub lists of a folder.</summary>
    public static async Task<TreeEntry?> FindAsync(
        this IFilesApi api,
        string owner,
        string repo,
        string reference,
        string path,
        CancellationToken cancellationToken
    )
    {
        var (folder, name) = path.LastIndexOf('/') is > 0 and var end ? ($":{path[..end]}", path[(end + 1)..]) : ("", path);
        var tree = await api.GetTreeAsync(owner, repo, $"{reference}{folder}", null, cancellationToken).OrNullAsync();
        return tree?.Tree.FirstOrDefault(entry => entry.Path == name);
    }
}

internal sealed record NewTree(string BaseTree, IReadOnlyList<object> Tree);

/// <summary>Content or a blob's sha.</summary>
internal sealed record NewTreeEntry(string Path, string Mode, string Type, string? Content = null, string? Sha = null);

/// <summary>A null sha deletes, so it has to be written.</summary>
internal sealed record DeletedTreeEntry(
    string Path,
    string Mode,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Sha = null
);

internal sealed record NewBlob(string Content, string Encoding);

internal sealed record MadeObject(string Sha);

internal sealed record GitCommit(string Sha, MadeObject Tree, string? HtmlUrl = null, string? Message = null, Signature? Author = null);

internal sealed record NewCommit(string Message, string Tree, IReadOnlyList<string> Parents);
