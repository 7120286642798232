using System.Text.Json.Serialization;
using GitHub.Text;
using McpGateway.Upstream;

namespace GitHub.PullRequests;

internal sealed record PullRequest(
    int Number,
    [property: CleanName] string Title,
    BodyText? Body = null,
    string? State = null,
    bool? Draft = null,
    bool? Merged = null,
    string? MergeableState = null,
    string? HtmlUrl = null,
    [property: Login] string? User = null,
    string? AuthorAssociation = null,
    [property: Names] IReadOnlyList<string>? Labels = null,
    [property: Names] IReadOnlyList<string>? Assignees = null,
    [property: Names] IReadOnlyList<string>? RequestedReviewers = null,
    [property: Names] IReadOnlyList<string>? RequestedTeams = null,
    [property: Login] string? MergedBy = null,
    PullRequestEnd? Head = null,
    PullRequestEnd? Base = null,
    int? Additions = null,
    int? Deletions = null,
    int? ChangedFiles = null,
    int? Commits = null,
    int? Comments = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null,
    DateTimeOffset? ClosedAt = null,
    DateTimeOffset? MergedAt = null,
    [property: Name] string? Milestone = null,
    string? Note = null
)
{
    /// <summary>The commit that its branch is at.</summary>
    /// <exception cref="UpstreamException">GitHub did not tell.</exception>
    [JsonIgnore]
    public string HeadSha =>
        Head?.Sha
        ?? throw new UpstreamException($"GitHub's response does not say at which commit the branch of #{Number} is. Try again later.");

    public PullRequest As(bool raw) => this with { Body = Body?.As(raw) };

    /// <summary>The same, with a note where GitHub took a request for reviews and left people out of it without a word.</summary>
    public PullRequest Asked(IEnumerable<string>? reviewers) =>
        RequestedReviewers is { } found
        && (reviewers ?? []).Where(wanted => !found.Any(known => IsSame(known, wanted))).ToList() is { Count: > 0 } left
            ? this with
            {
                Note =
                    $"GitHub took the request for {string.Join(", ", left)} without a word, and does not list {(left.Count == 1 ? "it" : "them")} among "
                    + "requested_reviewers, which has those who are asked now.",
            }
            : this;

    /// <summary>Copilot is asked by another login than it is shown by.</summary>
    private static bool IsSame(string known, string wanted) =>
        string.Equals(known, wanted, StringComparison.OrdinalIgnoreCase)
        || (
            known.StartsWith("copilot", StringComparison.OrdinalIgnoreCase)
            && wanted.StartsWith("copilot", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Where it stands and what a merge waits for: https://docs.github.com/en/graphql/reference/enums#mergestatestatus.</summary>
    public string DescribeForMerge() =>
        $"#{Number} is {(Merged == true ? "merged" : State)}, its head at {Head?.Sha}, its base {Base?.Ref} at {Base?.Sha}, mergeable_state={MergeableState}"
        + MergeableState switch
        {
            _ when State == "closed" => ".",
            "dirty" => ": it conflicts with its base; merge the base into its branch and resolve the conflicts there.",
            "behind" => ": bring it up to date with update_pull_request_branch.",
            "blocked" => ": a review or check that the base's rules ask for is missing (pull_request_read get_reviews, get_check_runs).",
            "draft" => ": make it ready with update_pull_request draft=false.",
            "unstable" => ": a check fails or is not done (pull_request_read get_check_runs).",
            "unknown" or null => ": GitHub is still working that out; look at it again and retry in some seconds.",
            _ => ": look at what is new, then retry.",
        };
}

/// <summary>The branch a pull request comes from or goes to; its repository is gone when a fork was deleted.</summary>
internal sealed record PullRequestEnd([property: CleanName] string Ref, string Sha, [property: RepositoryName] string? Repo = null);

internal sealed record Review(
    long Id,
    string State,
    BodyText? Body = null,
    string? HtmlUrl = null,
    [property: Login] string? User = null,
    string? CommitId = null,
    DateTimeOffset? SubmittedAt = null,
    string? AuthorAssociation = null
)
{
    public Review As(bool raw) => this with { Body = Body?.As(raw) };
}

internal sealed record CombinedStatus(string State, string Sha, int TotalCount, IReadOnlyList<CommitStatus> Statuses)
{
    [JsonPropertyName("hasMore")]
    public bool HasMore { get; init; }

    [JsonPropertyName("nextPage")]
    public int? NextPage { get; init; }

    public string? Note { get; init; }
}

internal sealed record CommitStatus(
    string State,
    [property: CleanName] string Context,
    [property: CleanName] string? Description = null,
    string? TargetUrl = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null
);

internal sealed record CheckRunList(long TotalCount, IReadOnlyList<CheckRun> CheckRuns);

internal sealed record CheckRun(
    long Id,
    [property: CleanName] string Name,
    string? Status = null,
    string? Conclusion = null,
    string? HtmlUrl = null,
    string? DetailsUrl = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? CompletedAt = null
);

internal sealed record CheckSuiteList(long TotalCount, IReadOnlyList<CheckSuite> CheckSuites);

/// <summary>What one app checks of a commit.</summary>
internal sealed record CheckSuite(string? Status = null, int LatestCheckRunsCount = 0, CheckApp? App = null)
{
    private const string Actions = "github-actions";

    /// <summary>
    /// Whether checks of it are still to come: a job has none before it begins, which is after those that it needs, or when there is a runner. Other
    /// apps than Actions may have a suite and never check anything.
    /// </summary>
    [JsonIgnore]
    public bool IsToGoOn => Status is not (null or "completed") && (LatestCheckRunsCount > 0 || App?.Slug == Actions);
}

internal sealed record CheckApp(string? Slug = null, [property: CleanName] string? Name = null);

/// <summary>Comments on the same lines.</summary>
internal sealed record ReviewThread(
    string Id,
    bool IsResolved,
    bool IsOutdated,
    bool IsCollapsed,
    long TotalCount,
    IReadOnlyList<ReviewComment> Comments
);

/// <param name="State">SUBMITTED, or PENDING for one of the user's own that others do not see yet.</param>
internal sealed record ReviewComment(
    BodyText? Body = null,
    [property: CleanName] string? Path = null,
    int? Line = null,
    string? State = null,
    [property: Login] string? Author = null,
    long? Id = null,
    string? HtmlUrl = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null
)
{
    public ReviewComment As(bool raw) => this with { Body = Body?.As(raw) };
}

internal sealed record PostedComment(long Id, string? HtmlUrl = null);

/// <summary>A comment on a line, by itself.</summary>
internal sealed record LineComment(BodyText? Body = null, [property: CleanName] string? Path = null, [property: Login] string? User = null);

/// <param name="Sha">What the head has to be.</param>
internal sealed record Merge(string? CommitTitle, string? CommitMessage, string? MergeMethod, string? Sha);

internal sealed record Merged(string? Sha = null, [property: JsonPropertyName("merged")] bool IsMerged = false, string? Message = null);

internal sealed record ReviewerRequest(IReadOnlyList<string>? Reviewers, IReadOnlyList<string>? TeamReviewers);

internal sealed record BranchUpdate(string? ExpectedHeadSha);
