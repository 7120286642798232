using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Text;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Server;

namespace GitHub.Commits;

/// <summary>History.</summary>
internal sealed partial class CommitTools(ICommitsApi api)
{
    /// <summary>https://docs.github.com/en/rest/commits/commits#compare-two-commits</summary>
    private const int MostFilesCompared = 300;

    /// <summary>Commits of a branch, newest first.</summary>
    /// <param name="sha">Branch, tag or commit to start from; the default branch if not given.</param>
    /// <param name="path">Only commits that touch this file or folder.</param>
    /// <param name="author">Login or email.</param>
    /// <param name="since">ISO 8601, as is 'until'.</param>
    /// <param name="fields">Return only these of each commit.</param>
    [McpServerTool(Name = "list_commits", Title = "List commits", ReadOnly = true)]
    public async partial Task<Page<Commit>> ListCommitsAsync(
        string owner,
        string repo,
        string? sha = null,
        string? path = null,
        string? author = null,
        string? since = null,
        string? until = null,
        [Subset("sha", "html_url", "commit", "author", "committer")] string[]? fields = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        await api.ListAsync(owner, repo, sha, FilePath.OrNull(path), AuthorOf(author), since, until, page, perPage, cancellationToken)
            .ToPageAsync();

    /// <summary>GitHub takes a login or an e-mail address, and finds nothing of "Ann Lee &lt;ann@example.com&gt;", as git writes authors.</summary>
    private static string? AuthorOf(string? author) =>
        author?.Trim() is [.., '>'] text && text.LastIndexOf('<') is var start and >= 0 ? text[(start + 1)..^1] : author;

    /// <summary>One commit with the files it changed; page and perPage go through the files.</summary>
    /// <param name="sha">Commit, branch or tag.</param>
    /// <param name="detail">none: no files. stats: names and counts. full_patch: diffs as well, can be very large.</param>
    [McpServerTool(Name = "get_commit", Title = "Get commit", ReadOnly = true)]
    public async partial Task<Commit> GetCommitAsync(
        string owner,
        string repo,
        string sha,
        [AllowedValues("none", "stats", "full_patch")] string detail = "stats",
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    )
    {
        using var response = await api.GetAsync(owner, repo, sha, page, perPage, cancellationToken);
        var rest = response.RestOf();
        var commit = response.Read() with { HasMore = rest.HasMore ? true : null, NextPage = rest.NextPage };
        return detail switch
        {
            "none" => commit with { Stats = null, Files = null },
            "stats" => commit with { Files = WithoutPatches(commit.Files) },
            _ => commit with { Files = WithPatches(commit.Files) },
        };
    }

    /// <summary>What head has and base lacks: commits and changed files; page goes through the commits.</summary>
    /// <param name="from">Branch, tag or commit; owner:branch for a fork.</param>
    /// <param name="head">As base.</param>
    /// <param name="detail">As in get_commit.</param>
    [McpServerTool(Name = "compare_commits", Title = "Compare commits", ReadOnly = true)]
    public async partial Task<Comparison> CompareCommitsAsync(
        string owner,
        string repo,
        [WireName("base")] string from,
        string head,
        [AllowedValues("none", "stats", "full_patch")] string detail = "stats",
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    )
    {
        using var response = await api.CompareAsync(owner, repo, $"{from}...{head}", page, perPage, cancellationToken);
        var rest = response.RestOf();
        var comparison = response.Read();
        comparison = comparison with
        {
            HasMore = rest.HasMore,
            NextPage = rest.NextPage,
            Note = comparison.Files is { Count: >= MostFilesCompared }
                ? $"GitHub lists {MostFilesCompared} changed files at most, on the first page only: compare smaller steps to see the others."
                : null,
        };
        return detail switch
        {
            "none" => comparison with { Files = null },
            "stats" => comparison with { Files = WithoutPatches(comparison.Files) },
            _ => comparison with { Files = WithPatches(comparison.Files) },
        };
    }

    /// <summary>Search commit messages on default branches.</summary>
    /// <param name="query">Scope it with repo:o/r, org: or user:. Other qualifiers: author:, committer:, author-date:,
    /// committer-date:(>=2024-01-01), merge:, hash:.</param>
    [McpServerTool(Name = "search_commits", Title = "Search commits", ReadOnly = true)]
    public async partial Task<Page<Commit>> SearchCommitsAsync(
        string query,
        [AllowedValues("author-date", "committer-date")] string? sort = null,
        [AllowedValues("asc", "desc")] string? order = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.SearchAsync(query, sort, order, page, perPage, cancellationToken).ToPageAsync().SortedAsync(sort, order);

    private static List<ChangedFile>? WithPatches(IReadOnlyList<ChangedFile>? files) =>
        files?.Select(file => file.WithPatchOrNote()).ToList();

    private static List<ChangedFile>? WithoutPatches(IReadOnlyList<ChangedFile>? files) =>
        files?.Select(file => file with { Patch = null }).ToList();
}
