using Refit;

namespace GitHub.Rules;

/// <summary>https://docs.github.com/en/rest/repos/rules and https://docs.github.com/en/rest/branches/branch-protection</summary>
internal interface IRulesApi
{
    /// <summary>The rules of all active rulesets that a branch is under.</summary>
    [Get("/repos/{owner}/{repo}/rules/branches/{branch}")]
    Task<ApiResponse<List<BranchRule>>> ListOfBranchAsync(
        string owner,
        string repo,
        string branch,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    /// <summary>The older form of rules, which takes admin rights to see.</summary>
    [Get("/repos/{owner}/{repo}/branches/{branch}/protection")]
    Task<BranchProtection> GetProtectionAsync(string owner, string repo, string branch, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/rulesets")]
    Task<ApiResponse<List<Ruleset>>> ListRulesetsAsync(
        string owner,
        string repo,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/rulesets/{ruleset_id}")]
    Task<Ruleset> GetRulesetAsync(string owner, string repo, long ruleset_id, CancellationToken cancellationToken);
}
