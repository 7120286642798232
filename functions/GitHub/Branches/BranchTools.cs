using GitHub.Api;
using GitHub.Repositories;
using GitHub.Writes;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using Refit;

namespace GitHub.Branches;

/// <summary>Branches and tags.</summary>
internal sealed partial class BranchTools(IRefsApi api)
{
    private const int MostTagsOfTags = 5;

    /// <summary>Branches with the commit each is at.</summary>
    [McpServerTool(Name = "list_branches", Title = "List branches", ReadOnly = true)]
    public async partial Task<Page<Branch>> ListBranchesAsync(
        string owner,
        string repo,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await ToBranchesAsync(api.ListBranchesAsync(owner, repo, page, perPage, cancellationToken));

    /// <summary>Tags with the commit each is at.</summary>
    [McpServerTool(Name = "list_tags", Title = "List tags", ReadOnly = true)]
    public async partial Task<Page<Branch>> ListTagsAsync(
        string owner,
        string repo,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await ToBranchesAsync(api.ListTagsAsync(owner, repo, page, perPage, cancellationToken));

    /// <summary>A tag with its message, if it has one.</summary>
    [McpServerTool(Name = "get_tag", Title = "Get tag", ReadOnly = true)]
    public async partial Task<Tag> GetTagAsync(string owner, string repo, string tag, CancellationToken cancellationToken)
    {
        var reference = await api.GetAsync(owner, repo, $"tags/{tag}", cancellationToken);
        var annotated = reference.Object.Type == "tag" ? await api.GetTagAsync(owner, repo, reference.Object.Sha, cancellationToken) : null;
        var target = annotated is null ? reference.Object : await PeelAsync(owner, repo, annotated.Object, cancellationToken);
        return new(
            annotated?.Tag ?? tag,
            annotated?.Sha ?? reference.Object.Sha,
            annotated?.Message,
            IsCommit(target) ? target?.Sha : null,
            annotated?.Tagger,
            IsCommit(target) ? null : $"It tags a {target?.Type} ({target?.Sha}), not a commit."
        );
    }

    /// <summary>Create a branch.</summary>
    /// <param name="from_branch">Where it starts: a branch, refs/tags/x or a commit's whole sha; the default branch if not given.</param>
    [McpServerTool(Name = "create_branch", Title = "Create branch")]
    public async partial Task<Branch> CreateBranchAsync(
        string owner,
        string repo,
        string branch,
        string? from_branch = null,
        CancellationToken cancellationToken = default
    )
    {
        var source = from_branch ?? await DefaultBranchAsync(owner, repo, cancellationToken);
        var start =
            await StartOfAsync(owner, repo, source, cancellationToken)
            ?? throw new McpException(
                $"There is no branch '{source}' in {owner}/{repo} to start from, or the gateway's token cannot see it: from_branch "
                    + "is the name of a branch (list_branches), refs/tags/x, or a commit's whole sha."
            );
        var made = await api.CreateAsync(owner, repo, new($"refs/heads/{branch}", start), cancellationToken)
            .OrSayWhatIsThereAsync(async () =>
                await api.GetAsync(owner, repo, $"heads/{branch}", cancellationToken).OrNullAsync() is { } there
                    ? $"{branch} exists, at {there.Object.Sha}."
                    : null
            );
        return new(branch, made.Object.Sha);
    }

    /// <summary>Delete a branch that is not the default one.</summary>
    [McpServerTool(Name = "delete_branch", Title = "Delete branch", Destructive = true)]
    public async partial Task<Done> DeleteBranchAsync(string owner, string repo, string branch, CancellationToken cancellationToken)
    {
        if (branch == await DefaultBranchAsync(owner, repo, cancellationToken))
        {
            throw new McpException($"branch='{branch}' is the default branch of {owner}/{repo}: this tool does not delete it.");
        }

        var last = await api.GetAsync(owner, repo, $"heads/{branch}", cancellationToken);
        await api.DeleteAsync(owner, repo, $"heads/{branch}", cancellationToken);
        return new($"Deleted {branch}; it was at {last.Object.Sha}.");
    }

    /// <summary>The commit that a new branch starts at.</summary>
    private async Task<string?> StartOfAsync(string owner, string repo, string source, CancellationToken cancellationToken)
    {
        if (source.Length is 40 or 64 && source.All(char.IsAsciiHexDigit))
        {
            return source;
        }

        if (!source.StartsWith("refs/tags/", StringComparison.Ordinal))
        {
            return (await api.GetAsync(owner, repo, $"heads/{source}", cancellationToken).OrNullAsync())?.Object.Sha;
        }

        var tag = (await api.GetAsync(owner, repo, source["refs/".Length..], cancellationToken).OrNullAsync())?.Object;
        var start = await PeelAsync(owner, repo, tag, cancellationToken);
        return IsCommit(start)
            ? start?.Sha
            : throw new McpException($"from_branch='{source}' tags a {start?.Type}, not a commit, and no branch can start there.");
    }

    /// <summary>What a tag is of in the end: a tag may be of another tag, and of a file or folder as well.</summary>
    private async Task<GitObject?> PeelAsync(string owner, string repo, GitObject? tagged, CancellationToken cancellationToken)
    {
        for (var left = MostTagsOfTags; left > 0 && tagged?.Type == "tag"; left--)
        {
            tagged = (await api.GetTagAsync(owner, repo, tagged.Sha, cancellationToken)).Object;
        }

        return tagged;
    }

    private static bool IsCommit(GitObject? tagged) => tagged?.Type is null or "commit";

    private async Task<string> DefaultBranchAsync(string owner, string repo, CancellationToken cancellationToken) =>
        (await api.GetRepositoryAsync(owner, repo, cancellationToken)).DefaultBranch ?? "main";

    private static async Task<Page<Branch>> ToBranchesAsync(Task<ApiResponse<List<ListedBranch>>> answer)
    {
        var page = await answer.ToPageAsync();
        return new(
            [.. page.Items.Select(branch => new Branch(branch.Name, branch.Commit.Sha, branch.Protected))],
            page.HasMore,
            page.NextPage
        );
    }
}
