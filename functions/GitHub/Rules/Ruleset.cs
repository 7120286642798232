using GitHub.Text;

namespace GitHub.Rules;

/// <param name="Enforcement">active, evaluate or disabled.</param>
internal sealed record Ruleset(
    long Id,
    [property: CleanName] string Name,
    string? Target = null,
    string? SourceType = null,
    string? Source = null,
    string? Enforcement = null,
    CleanObject? Conditions = null,
    IReadOnlyList<BranchRule>? Rules = null,
    IReadOnlyList<CleanObject>? BypassActors = null
);

internal sealed record BranchRule(
    string Type,
    CleanObject? Parameters = null,
    string? RulesetSource = null,
    string? RulesetSourceType = null,
    long? RulesetId = null
);

/// <summary>The protection of a branch, as far as it decides what a push or merge needs.</summary>
internal sealed record BranchProtection(
    RequiredChecks? RequiredStatusChecks = null,
    RequiredReviews? RequiredPullRequestReviews = null,
    Toggle? EnforceAdmins = null,
    Toggle? RequiredSignatures = null,
    Toggle? RequiredLinearHistory = null,
    Toggle? RequiredConversationResolution = null,
    Toggle? AllowForcePushes = null,
    Toggle? AllowDeletions = null,
    Toggle? LockBranch = null,
    PushRestrictions? Restrictions = null
);

internal sealed record Toggle(bool Enabled);

/// <param name="Strict">Whether a branch has to be up to date with its base.</param>
internal sealed record RequiredChecks(bool? Strict = null, IReadOnlyList<string>? Contexts = null);

internal sealed record RequiredReviews(
    int? RequiredApprovingReviewCount = null,
    bool? DismissStaleReviews = null,
    bool? RequireCodeOwnerReviews = null,
    bool? RequireLastPushApproval = null
);

/// <summary>Who may push.</summary>
internal sealed record PushRestrictions(
    [property: Names] IReadOnlyList<string>? Users = null,
    [property: Names] IReadOnlyList<string>? Teams = null,
    [property: Names] IReadOnlyList<string>? Apps = null
);

/// <param name="Protection">Null where there is none, or the token may not see it.</param>
internal sealed record BranchRules(
    string Branch,
    IReadOnlyList<BranchRule> Rules,
    BranchProtection? Protection = null,
    string? Note = null
);
