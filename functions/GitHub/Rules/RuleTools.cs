using System.Net;
using GitHub.Api;
using McpGateway.Upstream;
using ModelContextProtocol.Server;

namespace GitHub.Rules;

/// <summary>What pushes and merges have to meet.</summary>
internal sealed partial class RuleTools(IRulesApi api)
{
    private const int MostPages = 10;

    /// <summary>What a push to a branch, or a merge into it, needs: the rules of active rulesets, and the branch protection.</summary>
    [McpServerTool(Name = "get_branch_rules", Title = "Get branch rules", ReadOnly = true)]
    public async partial Task<BranchRules> GetBranchRulesAsync(
        string owner,
        string repo,
        string branch,
        CancellationToken cancellationToken
    )
    {
        var protection = ProtectionAsync(owner, repo, branch, cancellationToken);
        var (rules, isWhole) = await Paging.AllAsync(
            page => api.ListOfBranchAsync(owner, repo, branch, page, 100, cancellationToken).ToPageAsync(),
            MostPages
        );
        var (found, note) = await protection;
        return new(branch, rules, found, isWhole ? note : $"There are more rules than these {rules.Count}. {note}".TrimEnd());
    }

    /// <summary>Rulesets of a repository, or with ruleset_id one of them with its rules.</summary>
    [McpServerTool(Name = "list_rulesets", Title = "List rulesets", ReadOnly = true)]
    public async partial Task<object> ListRulesetsAsync(
        string owner,
        string repo,
        long? ruleset_id = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        ruleset_id is { } id
            ? await api.GetRulesetAsync(owner, repo, id, cancellationToken)
            : await api.ListRulesetsAsync(owner, repo, page, perPage, cancellationToken).ToPageAsync();

    private async Task<(BranchProtection? Protection, string? Note)> ProtectionAsync(
        string owner,
        string repo,
        string branch,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await api.GetProtectionAsync(owner, repo, branch, cancellationToken), null);
        }
        catch (UpstreamException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return (
                null,
                e.Message.Contains("Branch not protected", StringComparison.OrdinalIgnoreCase)
                    ? "The branch has no branch protection."
                    : $"GitHub does not show the branch protection, which takes admin rights: {e.Message}"
            );
        }
    }
}
