using System.Text.RegularExpressions;
using McpGateway.Upstream;
using Microsoft.AspNetCore.WebUtilities;

namespace GitHub.Lockdown;

/// <summary>
/// What GitHub answers without an author of its own, or with one that anybody may claim (a commit's): whose it is gets found out before it is
/// fetched, and what is an outsider's is refused. Branches and tags are moved by who may push; everything else is looked at.
/// </summary>
internal sealed partial class UnauthoredContent(IAuthorsApi api, AuthorTrust trust)
{
    /// <param name="path">The parts of the path below the API's base, unescaped.</param>
    /// <exception cref="UpstreamException">It is an outsider's, or that cannot be told.</exception>
    public Task DemandTrustedAsync(string[] path, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get || path is not ["repos", var owner, var repo, .. var asked])
        {
            return Task.CompletedTask;
        }

        var place = new Place(owner, repo);
        return asked switch
        {
            ["pulls", var number, "files" or "commits"] => DemandPullRequestAsync(place, number, cancellationToken),
            ["pulls", var number] when AsksForDiff(request) => DemandPullRequestAsync(place, number, cancellationToken),
            ["actions", "runs", var run, "logs"] => DemandRunAsync(place, run, cancellationToken),
            ["actions", "jobs", var job, "logs"] => DemandRunOfJobAsync(place, job, cancellationToken),
            ["actions", "artifacts", var artifact, _] => DemandRunOfArtifactAsync(place, artifact, cancellationToken),
            ["compare", var ends] => DemandEndsAsync(place, ends.Split("..."), cancellationToken),
            ["contents", ..] => DemandReferenceAsync(
                place,
                QueryHelpers.ParseQuery(request.RequestUri!.Query)["ref"].ToString(),
                cancellationToken
            ),
            ["commits"] => DemandReferenceAsync(
                place,
                QueryHelpers.ParseQuery(request.RequestUri!.Query)["sha"].ToString(),
                cancellationToken
            ),
            ["commits", var commit] => DemandReferenceAsync(place, commit, cancellationToken),
            ["git", "trees", .. var tree] => DemandReferenceAsync(place, string.Join('/', tree), cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    private static bool AsksForDiff(HttpRequestMessage request) =>
        request.Headers.Accept.Any(type => type.MediaType?.EndsWith("json", StringComparison.Ordinal) == false);

    private async Task DemandReferenceAsync(Place place, string reference, CancellationToken cancellationToken)
    {
        if (PullRequestReference().Match(reference) is { Success: true } match)
        {
            await DemandPullRequestAsync(place, match.Groups["number"].Value, cancellationToken);
        }
        else if (
            Sha().Match(reference) is { Success: true } sha
            && !await trust.HoldsAsync(place.Owner, place.Repository, sha.Groups["sha"].Value, cancellationToken)
        )
        {
            // A commit of a fork can be had through the repository it was forked from, by its sha.
            throw new UpstreamException(
                $"Lockdown mode withholds {reference} of {place}: it is neither in the history of the default branch nor the head of a branch, so it may be of a fork. "
                    + "Give the branch or tag it is on (refs/heads/x, refs/tags/x), or its pull request (refs/pull/n/head)."
            );
        }
    }

    private async Task DemandEndsAsync(Place place, string[] ends, CancellationToken cancellationToken)
    {
        foreach (var end in ends)
        {
            if (end.Split(':') is [var owner, _, ..] && !owner.Equals(place.Owner, StringComparison.OrdinalIgnoreCase))
            {
                await DemandAsync(place, owner, $"what {end} has", $"{owner}", cancellationToken);
            }
            else
            {
                await DemandReferenceAsync(place, end.Split(':')[^1], cancellationToken);
            }
        }
    }

    private async Task DemandPullRequestAsync(Place place, string number, CancellationToken cancellationToken) =>
        await DemandAsync(
            place,
            (await api.GetPullRequestAsync(place.Owner, place.Repository, number, cancellationToken)).User,
            $"what #{number} changes",
            "its author",
            cancellationToken
        );

    private async Task DemandRunOfJobAsync(Place place, string job, CancellationToken cancellationToken) =>
        await DemandRunAsync(
            place,
            $"{(await api.GetJobAsync(place.Owner, place.Repository, job, cancellationToken)).RunId}",
            cancellationToken
        );

    private async Task DemandRunOfArtifactAsync(Place place, string artifact, CancellationToken cancellationToken) =>
        await DemandRunAsync(
            place,
            $"{(await api.GetArtifactAsync(place.Owner, place.Repository, artifact, cancellationToken)).WorkflowRun?.Id}",
            cancellationToken
        );

    /// <summary>A run prints what its code and its occasion have in them: that is up to who started it, and to whose fork it runs.</summary>
    private async Task DemandRunAsync(Place place, string id, CancellationToken cancellationToken)
    {
        var run = await api.GetRunAsync(place.Owner, place.Repository, id, cancellationToken);
        await DemandAsync(place, run.Actor, $"what run {id} printed or made", "who started it", cancellationToken);
        if (run.HeadRepository is null || run.HeadRepository != run.Repository)
        {
            await DemandAsync(
                place,
                run.HeadRepository?.Split('/')[0],
                $"what run {id} printed or made",
                "the owner of the fork it ran",
                cancellationToken
            );
        }
    }

    private async Task DemandAsync(Place place, string? login, string what, string who, CancellationToken cancellationToken)
    {
        var found = await trust.OfAsync(place.Owner, place.Repository, login, cancellationToken);
        if (found != Trust.Trusted)
        {
            var why =
                found == Trust.Outsider
                    ? $"{who} has no push access to this public repository"
                    : $"GitHub did not tell whether {who} has push access to this public repository";
            throw new UpstreamException($"Lockdown mode withholds {what} in {place}: {why}.");
        }
    }

    [GeneratedRegex("(^|/)pull/(?<number>[0-9]+)/(head|merge)([^A-Za-z0-9_-]|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex PullRequestReference();

    /// <summary>A commit's sha, or the beginning of one, whatever of it is meant (^, ~1, :path).</summary>
    [GeneratedRegex("^(?<sha>[0-9a-f]{4,64})([~^@:]|$)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Sha();

    private sealed record Place(string Owner, string Repository)
    {
        public override string ToString() => $"{Owner}/{Repository}";
    }
}
