using System.Net;
using System.Text.RegularExpressions;
using McpGateway.Upstream;
using Microsoft.AspNetCore.WebUtilities;

namespace GitHub.Guards;

/// <summary>
/// What GitHub returns without an author of its own, or with one that anyone can set (a commit's): its owner is determined before it is
/// fetched, and an outsider's content is refused. Branches and tags are moved by who may push; commits are
/// <see cref="CommitGuard"/>'s; everything else is looked at.
/// </summary>
internal sealed partial class UnauthoredContent(IAuthorsApi api, AuthorTrust trust)
{
    /// <exception cref="UpstreamException">It is an outsider's, or that cannot be told.</exception>
    public Task DemandTrustedAsync(GuardedRequest request, CancellationToken cancellationToken)
    {
        if (request.Message.Method != HttpMethod.Get || request.Path is not ["repos", var owner, var repo, .. var asked])
        {
            return Task.CompletedTask;
        }

        var place = new Place(owner, repo);
        var query = QueryHelpers.ParseQuery(request.Message.RequestUri!.Query);
        return asked switch
        {
            ["pulls", var number, "files" or "commits"] => DemandPullRequestAsync(place, number, cancellationToken),
            ["pulls", var number] when AsksForDiff(request.Message) => DemandPullRequestAsync(place, number, cancellationToken),
            // The names of jobs, steps and artifacts are as much the run's own as what it prints.
            ["actions", "runs", var run, "logs" or "jobs" or "artifacts" or "attempts", ..] => DemandRunAsync(
                place,
                run,
                cancellationToken
            ),
            ["actions", "jobs", var job, ..] => DemandRunOfJobAsync(place, job, cancellationToken),
            ["actions", "artifacts", var artifact, ..] => DemandRunOfArtifactAsync(place, artifact, cancellationToken),
            ["compare", var ends] => DemandEndsAsync(place, ends.Split("..."), cancellationToken),
            ["contents", ..] => DemandReferenceAsync(place, query.GetValueOrDefault("ref").ToString(), cancellationToken),
            ["commits"] => DemandReferenceAsync(place, query.GetValueOrDefault("sha").ToString(), cancellationToken),
            ["commits", .. var commit] => DemandReferenceAsync(place, string.Join('/', commit), cancellationToken),
            ["git", "trees", .. var tree] => DemandReferenceAsync(place, string.Join('/', tree), cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    private static bool AsksForDiff(HttpRequestMessage request) =>
        request.Headers.Accept.Any(type => type.MediaType?.EndsWith("json", StringComparison.Ordinal) == false);

    private async Task DemandEndsAsync(Place place, string[] ends, CancellationToken cancellationToken)
    {
        foreach (var end in ends)
        {
            await DemandReferenceAsync(place, end, cancellationToken);
        }
    }

    /// <summary>No branch and no tag has a colon in its name: what is before it is the owner of a fork.</summary>
    private async Task DemandReferenceAsync(Place place, string reference, CancellationToken cancellationToken)
    {
        if (reference.Split(':') is [var owner, _, ..] && !owner.Equals(place.Owner, StringComparison.OrdinalIgnoreCase))
        {
            await DemandAsync(place, owner, $"what {reference} has", $"{owner}", cancellationToken);
        }
        else if (PullRequestOf(reference) is { } number)
        {
            await DemandPullRequestAsync(place, number, cancellationToken);
        }
    }

    /// <summary>Who may be trusted with what a pull request changes.</summary>
    public async Task<Trust> OfPullRequestAsync(string owner, string repo, string number, CancellationToken cancellationToken) =>
        await trust.OfAllAsync(
            owner,
            repo,
            (await api.GetPullRequestAsync(owner, repo, number, cancellationToken)).Authors,
            cancellationToken
        );

    /// <summary>Whether a workflow's file is of the default branch, or GitHub's own.</summary>
    public async Task<Trust> OfWorkflowAsync(string owner, string repo, string path, CancellationToken cancellationToken)
    {
        if (path.StartsWith("dynamic/", StringComparison.Ordinal) || await trust.IsPrivateAsync(owner, repo, cancellationToken))
        {
            return Trust.Trusted;
        }

        try
        {
            var files = await trust.RememberAsync(
                $"{owner}/{repo} workflows",
                () => api.ListFolderAsync(owner, repo, ".github/workflows", cancellationToken)
            );
            return files.Exists(file => file.Path == path) ? Trust.Trusted : Trust.Outsider;
        }
        catch (UpstreamException e) when (e is not UpstreamNotAskedException)
        {
            return e.Status == HttpStatusCode.NotFound ? Trust.Outsider : Trust.Unknown;
        }
    }

    /// <summary>The number of the pull request whose ref it is: refs/pull/7/merge.</summary>
    public static string? PullRequestOf(string reference) =>
        PullRequestReference().Match(reference) is { Success: true } match ? match.Groups["number"].Value : null;

    private async Task DemandPullRequestAsync(Place place, string number, CancellationToken cancellationToken)
    {
        var origin = await api.GetPullRequestAsync(place.Owner, place.Repository, number, cancellationToken);
        foreach (var (i, login) in origin.Authors.Index())
        {
            var who = i == 0 ? "its author" : "the owner of the fork it is from";
            await DemandAsync(place, login, $"what #{number} changes", who, cancellationToken);
        }
    }

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
                    : $"GitHub did not disclose whether {who} has push access to this public repository";
            throw new UpstreamException($"Lockdown mode withholds {what} in {place}: {why}.");
        }
    }

    [GeneratedRegex("(^|[^A-Za-z0-9_-])pull/(?<number>[0-9]+)/(head|merge)([^A-Za-z0-9_-]|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex PullRequestReference();

    private sealed record Place(string Owner, string Repository)
    {
        public override string ToString() => $"{Owner}/{Repository}";
    }
}
