using System.Net;
using GitHub.Api;
using GitHub.Text;
using McpGateway.Caching;
using McpGateway.Upstream;

namespace GitHub.Guards;

/// <summary>What is known of who wrote something.</summary>
internal enum Trust
{
    /// <summary>May push, is a trusted bot or the gateway's own user; or the repository is not public.</summary>
    Trusted,

    /// <summary>Has no push access.</summary>
    Outsider,

    /// <summary>GitHub did not tell; to be treated as an outsider.</summary>
    Unknown,
}

/// <summary>
/// Decides as the official server does whose text is safe: bots of GitHub's own, everyone in a repository that is not public,
/// who may push, and the user of the gateway's credential. Remembered for some minutes; there is one credential, so it is not part of the key.
/// </summary>
internal sealed class AuthorTrust(IAuthorsApi api, GuardGraphQl graphQl, TimeProvider time)
{
    public const string Visibility = """
        query($owner: String!, $repo: String!) {
          viewer { login }
          repository(owner: $owner, name: $repo) { is_private: isPrivate default_branch: defaultBranchRef { name } }
        }
        """;

    public const string Viewer = "query { viewer { login } }";

    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);
    private static readonly HashSet<string> TrustedBots = new(StringComparer.OrdinalIgnoreCase) { "copilot", "github-actions[bot]" };

    private readonly Remembered<string, object?> known = new(Memory, MostRemembered, time, comparer: StringComparer.OrdinalIgnoreCase);

    /// <exception cref="UpstreamNotAskedException">GitHub cannot be asked now.</exception>
    /// <param name="owner">Null, as the repository, for what belongs to a user alone, such as gists: only the gateway's own user is trusted there.</param>
    public async Task<Trust> OfAsync(string? owner, string? repo, string? login, CancellationToken cancellationToken)
    {
        if (login is not null && TrustedBots.Contains(login))
        {
            return Trust.Trusted;
        }

        try
        {
            if (owner is null || repo is null)
            {
                var viewer = await RememberAsync("viewer", () => ReadViewerAsync(cancellationToken));
                return viewer is not null && viewer.Equals(login, StringComparison.OrdinalIgnoreCase) ? Trust.Trusted : Trust.Outsider;
            }

            var facts = await FactsAsync(owner, repo, cancellationToken);
            if (facts.IsPrivate || string.Equals(facts.Viewer, login, StringComparison.OrdinalIgnoreCase))
            {
                return Trust.Trusted;
            }

            return login is null ? Trust.Outsider
                : facts.HidesPermissions ? Trust.Unknown
                : await RememberAsync($"{owner}/{repo}/{login}", () => ReadPermissionAsync(owner, repo, login, facts, cancellationToken));
        }
        catch (UpstreamException e) when (e is not UpstreamNotAskedException)
        {
            return Trust.Unknown;
        }
    }

    /// <summary>Trusted if every one of them is.</summary>
    /// <exception cref="UpstreamNotAskedException">GitHub cannot be asked now.</exception>
    public async Task<Trust> OfAllAsync(string? owner, string? repo, IEnumerable<string?> logins, CancellationToken cancellationToken)
    {
        foreach (var login in logins)
        {
            if (await OfAsync(owner, repo, login, cancellationToken) is not Trust.Trusted and var found)
            {
                return found;
            }
        }

        return Trust.Trusted;
    }

    /// <summary>Whether outsiders' text cannot be in it; what GitHub does not tell is public.</summary>
    /// <exception cref="UpstreamNotAskedException">GitHub cannot be asked now.</exception>
    public async Task<bool> IsPrivateAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        try
        {
            return (await FactsAsync(owner, repo, cancellationToken)).IsPrivate;
        }
        catch (UpstreamException e) when (e is not UpstreamNotAskedException)
        {
            return false;
        }
    }

    /// <exception cref="UpstreamException">GitHub did not tell.</exception>
    public Task<RepositoryFacts> FactsAsync(string owner, string repo, CancellationToken cancellationToken) =>
        RememberAsync($"{owner}/{repo}", () => ReadFactsAsync(owner, repo, cancellationToken));

    /// <summary>What was found out in the last minutes, or is now.</summary>
    public async Task<T> RememberAsync<T>(string key, Func<Task<T>> readAsync) =>
        (T)(await known.GetAsync(key, async () => await readAsync()))!;

    private async Task<string?> ReadViewerAsync(CancellationToken cancellationToken) =>
        (await graphQl.Api.QueryAsync<VisibilityAnswer>(GraphQlScope.Viewer, Viewer, new { }, cancellationToken)).Viewer?.Login;

    private async Task<RepositoryFacts> ReadFactsAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        var answer = await graphQl.Api.QueryAsync<VisibilityAnswer>(
            GraphQlScope.Of(owner, repo),
            Visibility,
            new { owner, repo },
            cancellationToken
        );
        return new(answer.Repository?.IsPrivate == true, answer.Viewer?.Login, answer.Repository?.DefaultBranch);
    }

    private async Task<Trust> ReadPermissionAsync(
        string owner,
        string repo,
        string login,
        RepositoryFacts facts,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await api.GetPermissionAsync(owner, repo, login, cancellationToken)).Permission is "admin" or "write"
                ? Trust.Trusted
                : Trust.Outsider;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // Apps and deleted users are not collaborators.
            return Trust.Outsider;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.Forbidden && e is not UpstreamNotAskedException)
        {
            // It would respond the same for everyone else.
            facts.HidesPermissions = true;
            throw;
        }
    }

    internal sealed record RepositoryFacts(bool IsPrivate, string? Viewer, string? DefaultBranch)
    {
        public bool HidesPermissions { get; set; }
    }

    private sealed record VisibilityAnswer(ViewerNode? Viewer = null, RepositoryNode? Repository = null);

    private sealed record ViewerNode(string? Login = null);

    private sealed record RepositoryNode(bool IsPrivate = false, [property: Name] string? DefaultBranch = null);
}
