using System.Runtime.CompilerServices;
using McpGateway.Authentication;
using McpGateway.Upstream;
using Microsoft.AspNetCore.Http;

namespace GitHub.Guards;

/// <summary>
/// Which repositories the call of the moment may touch, whatever the gateway's token could: those on the operator's lists, and of them those that
/// the rights of the caller name.
/// </summary>
/// <param name="allowed">The operator's list; null when everything is allowed.</param>
/// <param name="writable">The operator's list of what may be changed; null when everything allowed is.</param>
internal sealed class RepositoryAccess(RepositoryPatterns? allowed, RepositoryPatterns? writable, IHttpContextAccessor accessor)
{
    /// <summary>The right that keeps a caller to some repositories.</summary>
    public static readonly PlaceRight Right = new(
        "repos",
        "a repository (owner/name, or owner/* for all of an owner's)",
        RepositoryPatterns.IsPattern
    );

    private readonly ConditionalWeakTable<Rights, RepositoryPatterns> narrowed = [];

    /// <summary>Whether reads are limited at all.</summary>
    public bool LimitsReads => Readable is not null;

    /// <summary>Whether writes are limited at all.</summary>
    public bool LimitsWrites => writable is not null || LimitsReads;

    /// <summary>The patterns of what may be read; null when everything may.</summary>
    public IReadOnlyCollection<string>? ReadablePatterns => Readable?.All;

    /// <summary>What may be read and who said so, as a part of a sentence.</summary>
    public string Limit =>
        IsNarrowed(out var caller)
            ? $"the rights of '{caller}' allow {Readable} (repos=)"
            : $"its operator allows {allowed} (GITHUB_ALLOWED_REPOS)";

    // Where there is no request, nobody is known to have a right.
    private RepositoryPatterns? Readable =>
        accessor.HttpContext is not { } request ? RepositoryPatterns.None
        : request.User.GetRights() is { Places.Count: > 0 } rights ? narrowed.GetValue(rights, Narrow)
        : allowed;

    public bool MayRead(string owner, string? repo) => Readable?.Contain(owner, repo) ?? true;

    /// <summary>Whether any of the owner's repositories may be read.</summary>
    public bool MayReadSomeOf(string owner) => Readable?.ContainSomeOf(owner) ?? true;

    public bool MayWrite(string owner, string? repo) => MayRead(owner, repo) && writable?.Contain(owner, repo) != false;

    /// <exception cref="UpstreamException">The repository, or with null all of the owner's, is not among those allowed.</exception>
    public void Demand(string owner, string? repo, bool write)
    {
        var what = repo is null ? $"everything of {owner}" : $"{owner}/{repo}";
        if (!MayRead(owner, repo))
        {
            throw new UpstreamException($"This gateway may not touch {what}: {Limit}.");
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
            IsNarrowed(out _)
                ? $"This call is limited to certain repositories and may not {what}: {Limit}. The gateway's operator can change these rights."
                : $"This gateway is limited to certain repositories ({(writable ?? allowed)}) and may not {what}. Its operator can lift "
                    + "that in GITHUB_ALLOWED_REPOS and GITHUB_WRITABLE_REPOS."
        );

    private bool IsNarrowed(out string? caller)
    {
        var user = accessor.HttpContext?.User;
        caller = user?.CallerName();
        return user.GetRights().Places.Count > 0;
    }

    private RepositoryPatterns Narrow(Rights rights)
    {
        var own = rights.Places.Select(places => RepositoryPatterns.Of(places.Names)).Aggregate((some, others) => some.Within(others));
        return allowed?.Within(own) ?? own;
    }
}
