using McpGateway.Upstream;

namespace GitHub.Guards;

/// <summary>Which repositories the gateway may touch, whatever its token could.</summary>
internal sealed class RepositoryAccess(GitHubOptions options)
{
    private readonly RepositoryPatterns? allowed = RepositoryPatterns.Parse("GITHUB_ALLOWED_REPOS", options.AllowedRepositories);
    private readonly RepositoryPatterns? writable = RepositoryPatterns.Parse("GITHUB_WRITABLE_REPOS", options.WritableRepositories);

    /// <summary>Whether reads are limited at all.</summary>
    public bool LimitsReads => allowed is not null;

    /// <summary>Whether writes are limited at all.</summary>
    public bool LimitsWrites => allowed is not null || writable is not null;

    /// <summary>The patterns of what may be read; null when everything may.</summary>
    public IReadOnlyCollection<string>? ReadablePatterns => allowed?.All;

    public bool MayRead(string owner, string? repo) => allowed?.Contain(owner, repo) ?? true;

    /// <summary>Whether any of the owner's repositories may be read.</summary>
    public bool MayReadSomeOf(string owner) => allowed?.ContainSomeOf(owner) ?? true;

    public bool MayWrite(string owner, string? repo) => MayRead(owner, repo) && writable?.Contain(owner, repo) != false;

    /// <exception cref="UpstreamException">The repository, or with null all of the owner's, is outside of the operator's lists.</exception>
    public void Demand(string owner, string? repo, bool write)
    {
        var what = repo is null ? $"everything of {owner}" : $"{owner}/{repo}";
        if (!MayRead(owner, repo))
        {
            throw new UpstreamException($"This gateway may not touch {what}: its operator allows {allowed} (GITHUB_ALLOWED_REPOS).");
        }

        if (write && !MayWrite(owner, repo))
        {
            throw new UpstreamException(
                $"This gateway may not change {what}: its operator allows changes in {writable} (GITHUB_WRITABLE_REPOS)."
            );
        }
    }

    /// <summary>Refuses what belongs to no single repository while only some are allowed.</summary>
    public UpstreamException Refusal(string what) =>
        new(
            $"This gateway is limited to certain repositories ({(writable ?? allowed)}) and may not {what}. Its operator can lift "
                + "that in GITHUB_ALLOWED_REPOS and GITHUB_WRITABLE_REPOS."
        );
}
