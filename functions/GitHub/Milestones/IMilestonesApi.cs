using GitHub.Text;
using Refit;

namespace GitHub.Milestones;

/// <summary>https://docs.github.com/en/rest/issues/milestones</summary>
internal interface IMilestonesApi
{
    [Get("/repos/{owner}/{repo}/milestones")]
    Task<ApiResponse<List<Milestone>>> ListAsync(
        string owner,
        string repo,
        string? state,
        string? sort,
        string? direction,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/milestones/{milestone_number}")]
    Task<Milestone> GetAsync(string owner, string repo, int milestone_number, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/milestones")]
    Task<Milestone> CreateAsync(
        string owner,
        string repo,
        [Body] Dictionary<string, object> milestone,
        CancellationToken cancellationToken
    );

    [Patch("/repos/{owner}/{repo}/milestones/{milestone_number}")]
    Task<Milestone> UpdateAsync(
        string owner,
        string repo,
        int milestone_number,
        [Body] Dictionary<string, object> edit,
        CancellationToken cancellationToken
    );

    [Delete("/repos/{owner}/{repo}/milestones/{milestone_number}")]
    Task DeleteAsync(string owner, string repo, int milestone_number, CancellationToken cancellationToken);
}

internal sealed record Milestone(
    int Number,
    [property: CleanName] string Title,
    [property: Clean] string? Description = null,
    string? State = null,
    int? OpenIssues = null,
    int? ClosedIssues = null,
    DateTimeOffset? DueOn = null,
    DateTimeOffset? ClosedAt = null,
    string? HtmlUrl = null
);
