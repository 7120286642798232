using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Branches;
using GitHub.Repositories;
using GitHub.Text;
using GitHub.Writes;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.PullRequests;

/// <summary>Making, changing and merging pull requests.</summary>
internal sealed partial class PullRequestWriteTools(IPullRequestsApi api, OwnReviews reviews, GraphQl graphQl)
{
    /// <summary>Open a pull request.</summary>
    /// <param name="head">Branch with the changes; user:branch from a fork.</param>
    /// <param name="into">Branch to merge into.</param>
    /// <param name="reviewers">Logins, or ORG/team-slug.</param>
    [McpServerTool(Name = "create_pull_request", Title = "Create pull request")]
    public async partial Task<PullRequest> CreatePullRequestAsync(
        string owner,
        string repo,
        string title,
        string head,
        [WireName("base")] string into,
        string? body = null,
        bool? draft = null,
        bool? maintainer_can_modify = null,
        string[]? reviewers = null,
        CancellationToken cancellationToken = default
    )
    {
        var made = await api.CreateAsync(
            owner,
            repo,
            Given.Of(
                ("title", title),
                ("head", BranchName.Of(head)),
                ("base", BranchName.Of(into)),
                ("body", body),
                ("draft", draft),
                ("maintainer_can_modify", maintainer_can_modify)
            ),
            cancellationToken
        );
        return await new WriteSteps($"#{made.Number}", $"opened as {made.HtmlUrl}")
            .Add(
                reviewers is { Length: > 0 },
                "reviewers (update_pull_request can request them)",
                async () => made = await RequestAsync(owner, repo, made.Number, reviewers!, cancellationToken)
            )
            .RunAsync(() => Task.FromResult(made.Asked(Users(reviewers))));
    }

    /// <summary>Change a pull request; what is not given stays.</summary>
    /// <param name="draft">true makes it a draft, false ready for review.</param>
    /// <param name="reviewers">Logins, or ORG/team-slug, to request reviews from.</param>
    /// <param name="clear">Fields to empty.</param>
    /// <param name="body_edits">Changes parts of the body instead.</param>
    [McpServerTool(Name = "update_pull_request", Title = "Update pull request")]
    public async partial Task<PullRequest> UpdatePullRequestAsync(
        string owner,
        string repo,
        int pullNumber,
        string? title = null,
        string? body = null,
        [AllowedValues("open", "closed")] string? state = null,
        bool? draft = null,
        [WireName("base")] string? into = null,
        bool? maintainer_can_modify = null,
        string[]? reviewers = null,
        [Subset("body")] string[]? clear = null,
        BodyEdit[]? body_edits = null,
        CancellationToken cancellationToken = default
    )
    {
        var edit = Given.Of(
            ("title", title),
            ("body", body),
            ("state", state),
            ("base", BranchName.Of(into)),
            ("maintainer_can_modify", maintainer_can_modify)
        );
        edit.Clear(clear, _ => "");
        if (body_edits is { Length: > 0 })
        {
            edit["body"] =
                body is null && clear is not { Length: > 0 }
                    ? BodyEdits.Apply((await api.GetAsync(owner, repo, pullNumber, cancellationToken)).Body, body_edits)
                    : throw new McpException("body_edits change the body as it is: give them without body and clear.");
        }

        var steps = new WriteSteps($"#{pullNumber}")
            .Add(edit.Count > 0, string.Join(", ", edit.Keys), () => api.UpdateAsync(owner, repo, pullNumber, edit, cancellationToken))
            .Add(
                draft is not null,
                $"draft={(draft == true ? "true" : "false")}",
                () => SetDraftAsync(owner, repo, pullNumber, draft!.Value, cancellationToken)
            )
            .Add(reviewers is { Length: > 0 }, "reviewers", () => RequestAsync(owner, repo, pullNumber, reviewers!, cancellationToken));
        return steps.Count > 0
            ? (await steps.RunAsync(() => api.GetAsync(owner, repo, pullNumber, cancellationToken))).Asked(Users(reviewers))
            : throw new McpException(
                "Nothing to change: give at least one of title, body, state, draft, base, maintainer_can_modify, reviewers, clear, body_edits."
            );
    }

    /// <summary>Bring a pull request's branch up to date with its base.</summary>
    /// <param name="expectedHeadSha">Only if the head is still at this commit.</param>
    [McpServerTool(Name = "update_pull_request_branch", Title = "Update pull request branch")]
    public async partial Task<Done> UpdatePullRequestBranchAsync(
        string owner,
        string repo,
        int pullNumber,
        string? expectedHeadSha = null,
        CancellationToken cancellationToken = default
    )
    {
        await api.UpdateBranchAsync(owner, repo, pullNumber, new(expectedHeadSha), cancellationToken)
            .OrSayWhatIsThereAsync(() => DescribeAsync(owner, repo, pullNumber, cancellationToken));
        return new("GitHub is updating the branch.");
    }

    /// <summary>Merge a pull request.</summary>
    /// <param name="expectedHeadSha">Only if the head is still at this commit, whose changes you have seen.</param>
    [McpServerTool(Name = "merge_pull_request", Title = "Merge pull request")]
    public async partial Task<Merged> MergePullRequestAsync(
        string owner,
        string repo,
        int pullNumber,
        string? commit_title = null,
        string? commit_message = null,
        [AllowedValues("merge", "squash", "rebase")] string? merge_method = null,
        string? expectedHeadSha = null,
        CancellationToken cancellationToken = default
    ) =>
        await api.MergeAsync(owner, repo, pullNumber, new(commit_title, commit_message, merge_method, expectedHeadSha), cancellationToken)
            .OrSayWhatIsThereAsync(() => DescribeAsync(owner, repo, pullNumber, cancellationToken));

    private async Task<string?> DescribeAsync(string owner, string repo, int number, CancellationToken cancellationToken) =>
        (await api.GetAsync(owner, repo, number, cancellationToken)).DescribeForMerge();

    private async Task SetDraftAsync(string owner, string repo, int number, bool draft, CancellationToken cancellationToken)
    {
        var found = await reviews.FindAsync(owner, repo, number, withReview: false, cancellationToken);
        if (found.IsDraft != draft)
        {
            await graphQl.MutateAsync<object>(
                GraphQlScope.Of(owner, repo),
                draft ? ReviewDocuments.ToDraft : ReviewDocuments.ToReady,
                new { id = found.Id },
                cancellationToken
            );
        }
    }

    private Task<PullRequest> RequestAsync(string owner, string repo, int number, string[] reviewers, CancellationToken cancellationToken)
    {
        var teams = reviewers
            .Where(reviewer => reviewer.Contains('/', StringComparison.Ordinal))
            .Select(team => team.Split('/')[1])
            .ToList();
        var users = Users(reviewers);
        return api.RequestReviewersAsync(
            owner,
            repo,
            number,
            new(users.Count > 0 ? users : null, teams.Count > 0 ? teams : null),
            cancellationToken
        );
    }

    private static List<string> Users(string[]? reviewers) =>
        [.. (reviewers ?? []).Where(reviewer => !reviewer.Contains('/', StringComparison.Ordinal))];
}
