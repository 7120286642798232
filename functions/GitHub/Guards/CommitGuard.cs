using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Upstream;
using Microsoft.AspNetCore.WebUtilities;

namespace GitHub.Guards;

/// <summary>Commits by their sha have to be the repository's own, not those of one of its forks, which GitHub hands out as well.</summary>
internal sealed partial class CommitGuard(RepositoryAccess access, LockdownMode lockdown, AuthorTrust trust, OwnCommits commits) : IGuard
{
    public bool IsOn => access.LimitsReads || lockdown.IsOn;

    public bool ReadsAnswers => false;

    public async Task JudgeAsync(GuardedRequest request, CancellationToken cancellationToken)
    {
        if (request.GraphQl is not null || request.Path is not ["repos", var owner, var repo, .. var asked])
        {
            return;
        }

        var query = QueryHelpers.ParseQuery(request.Message.RequestUri!.Query);
        IEnumerable<string> references = asked switch
        {
            ["git", "refs"] when request.IsWrite => [await request.TextAsync("sha", cancellationToken) ?? ""],
            // A tag that is made there would make the commit the repository's own.
            ["releases"] or ["releases", _] when request.IsWrite => [await request.TextAsync("target_commitish", cancellationToken) ?? ""],
            _ when request.IsWrite => [],
            ["compare", var ends] => ends.Split("...").Where(end => IsOf(owner, end)).Select(end => end.Split(':')[^1]),
            ["contents", ..] => [query.GetValueOrDefault("ref").ToString()],
            ["commits"] => [query.GetValueOrDefault("sha").ToString()],
            ["commits", var commit] => [commit],
            // What checks are called is up to the workflows of the commit; only lockdown asks who wrote those.
            ["commits", var commit, "check-runs"] when lockdown.IsOn => [commit],
            ["git", "trees", .. var tree] => [string.Join('/', tree)],
            _ => [],
        };
        foreach (var reference in references)
        {
            await DemandAsync(owner, repo, reference, cancellationToken);
        }
    }

    public Task<bool> CleanAsync(
        GuardedRequest request,
        HttpResponseMessage response,
        JsonNode body,
        CancellationToken cancellationToken
    ) => Task.FromResult(false);

    /// <summary>A branch of a fork is another guard's matter.</summary>
    private static bool IsOf(string owner, string end) =>
        end.Split(':') is not [var other, _, ..] || other.Equals(owner, StringComparison.OrdinalIgnoreCase);

    private async Task DemandAsync(string owner, string repo, string reference, CancellationToken cancellationToken)
    {
        if (
            Sha().Matches(reference) is { Count: > 0 } named
            && !(!access.LimitsReads && await trust.IsPrivateAsync(owner, repo, cancellationToken))
            && !await HoldAllAsync(owner, repo, named, cancellationToken)
        )
        {
            throw new UpstreamException(
                $"{(lockdown.IsOn ? "Lockdown mode withholds" : $"This gateway is limited to certain repositories ({access.Limit}) and withholds")} "
                    + $"{reference} of {owner}/{repo}: it is neither in the history of the default branch nor the head of a branch, so it may be of a fork. "
                    + "Give the branch or tag it is on (refs/heads/x, refs/tags/x), or its pull request (refs/pull/n/head)."
            );
        }
    }

    private async Task<bool> HoldAllAsync(string owner, string repo, MatchCollection named, CancellationToken cancellationToken)
    {
        foreach (var sha in named.Select(match => match.Groups["sha"].Value).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!await commits.HoldAsync(owner, repo, sha, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// A commit's sha, or the beginning of one, whatever of it is meant (^, ~1, :path), in a range as well, or as git describes it (v1-3-g0123456):
    /// https://git-scm.com/docs/gitrevisions.
    /// </summary>
    [GeneratedRegex(
        @"((^|\.\.)\s*\^?|-g(?=[0-9a-f]{7}))(?<sha>[0-9a-f]{4,64})([~^@:{?#;\s\0]|\.\.|$)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase
    )]
    private static partial Regex Sha();
}
