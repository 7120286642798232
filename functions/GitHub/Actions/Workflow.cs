using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitHub.Text;

namespace GitHub.Actions;

internal sealed record Workflow(
    long Id,
    [property: CleanName] string Name,
    string Path,
    string State,
    string? HtmlUrl = null,
    DateTimeOffset? UpdatedAt = null
);

internal sealed record WorkflowList(long TotalCount, IReadOnlyList<Workflow> Workflows);

internal sealed record WorkflowRun(
    long Id,
    [property: CleanName] string? Name = null,
    [property: CleanName] string? DisplayTitle = null,
    long? WorkflowId = null,
    int? RunNumber = null,
    int? RunAttempt = null,
    string? Event = null,
    string? Status = null,
    string? Conclusion = null,
    [property: CleanName] string? HeadBranch = null,
    string? HeadSha = null,
    string? Path = null,
    string? HtmlUrl = null,
    [property: Login] string? Actor = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null,
    DateTimeOffset? RunStartedAt = null
);

internal sealed record WorkflowRunList(long TotalCount, IReadOnlyList<WorkflowRun> WorkflowRuns);

internal sealed record WorkflowJob(
    long Id,
    long RunId,
    [property: CleanName] string Name,
    string? Status = null,
    string? Conclusion = null,
    string? HtmlUrl = null,
    int? RunAttempt = null,
    [property: CleanName] string? RunnerName = null,
    IReadOnlyList<string>? Labels = null,
    IReadOnlyList<WorkflowStep>? Steps = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? CompletedAt = null
);

internal sealed record WorkflowStep(
    [property: CleanName] string Name,
    string? Status = null,
    string? Conclusion = null,
    int? Number = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? CompletedAt = null
);

internal sealed record WorkflowJobList(long TotalCount, IReadOnlyList<WorkflowJob> Jobs);

internal sealed record Artifact(
    long Id,
    [property: CleanName] string Name,
    long SizeInBytes,
    bool Expired,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? ExpiresAt = null
);

internal sealed record ArtifactList(long TotalCount, IReadOnlyList<Artifact> Artifacts);

/// <summary>A link that needs no token and ends soon.</summary>
internal sealed record Download(string Url, string Note);

internal sealed record Dispatch(string Ref, JsonObject? Inputs);

/// <summary>Which workflow runs to list.</summary>
internal sealed record RunsFilter(
    string? Actor = null,
    string? Branch = null,
    [property: AllowedValues(
        "branch_protection_rule",
        "check_run",
        "check_suite",
        "create",
        "delete",
        "deployment",
        "deployment_status",
        "discussion",
        "discussion_comment",
        "fork",
        "gollum",
        "issue_comment",
        "issues",
        "label",
        "merge_group",
        "milestone",
        "page_build",
        "public",
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "pull_request_target",
        "push",
        "registry_package",
        "release",
        "repository_dispatch",
        "schedule",
        "status",
        "watch",
        "workflow_call",
        "workflow_dispatch",
        "workflow_run"
    )]
        string? Event = null,
    [property: AllowedValues(
        "queued",
        "in_progress",
        "completed",
        "requested",
        "waiting",
        "pending",
        "success",
        "failure",
        "cancelled",
        "timed_out",
        "action_required",
        "neutral",
        "skipped",
        "stale"
    )]
        string? Status = null
);

/// <summary>Which jobs of a run to list.</summary>
internal sealed record JobsFilter([property: AllowedValues("latest", "all")] string? Filter = null);

/// <summary>What a run costs.</summary>
/// <param name="Billable">By operating system.</param>
internal sealed record RunUsage(JsonElement Billable, long? RunDurationMs = null);
