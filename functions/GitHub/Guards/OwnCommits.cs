using McpGateway.Upstream;

namespace GitHub.Guards;

/// <summary>
/// Whether a commit is a repository's own: in the history of its default branch, or the head of a branch. By its sha a commit is found
/// through the repository even if only a fork has it, and its author proves nothing: anyone can set it.
/// </summary>
internal sealed class OwnCommits(IAuthorsApi api, AuthorTrust trust, RepositoryAccess access)
{
    /// <summary>Branches looked at besides the default one where only some repositories are allowed; each takes a request.</summary>
    private const int MostBranches = 30;

    /// <exception cref="UpstreamNotAskedException">GitHub cannot be asked now.</exception>
    public async Task<bool> HoldAsync(string owner, string repo, string sha, CancellationToken cancellationToken)
    {
        try
        {
            var facts = await trust.FactsAsync(owner, repo, cancellationToken);
            return await trust.RememberAsync(
                $"{owner}/{repo}@{sha} {access.LimitsReads}",
                () => IsInHistoryAsync(owner, repo, sha, facts.DefaultBranch, cancellationToken)
            );
        }
        catch (UpstreamException e) when (e is not UpstreamNotAskedException)
        {
            return false;
        }
    }

    private async Task<bool> IsInHistoryAsync(
        string owner,
        string repo,
        string sha,
        string? defaultBranch,
        CancellationToken cancellationToken
    )
    {
        if (
            (defaultBranch is not null && await IsBehindAsync(owner, repo, defaultBranch, sha, cancellationToken))
            || await api.ListBranchesAtAsync(owner, repo, sha, cancellationToken) is { Count: > 0 }
        )
        {
            return true;
        }

        if (!access.LimitsReads)
        {
            return false;
        }

        foreach (var branch in await api.ListBranchesAsync(owner, repo, MostBranches, cancellationToken))
        {
            if (branch.Name != defaultBranch && await IsBehindAsync(owner, repo, branch.Name, sha, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsBehindAsync(string owner, string repo, string branch, string sha, CancellationToken cancellationToken) =>
        (await api.CompareAsync(owner, repo, $"{branch}...{sha}", page: 2, per_page: 1, cancellationToken)).Status
            is "behind"
                or "identical";
}
