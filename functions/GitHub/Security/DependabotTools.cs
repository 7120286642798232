using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using ModelContextProtocol.Server;

namespace GitHub.Security;

/// <summary>Dependabot.</summary>
internal sealed partial class DependabotTools(ISecurityApi api)
{
    /// <summary>Dependabot alerts of a repository. Continue with after=nextCursor.</summary>
    [McpServerTool(Name = "list_dependabot_alerts", Title = "List Dependabot alerts", ReadOnly = true)]
    public async partial Task<Page<DependabotAlert>> ListDependabotAlertsAsync(
        string owner,
        string repo,
        [AllowedValues("open", "fixed", "dismissed", "auto_dismissed")] string state = "open",
        [AllowedValues("low", "medium", "high", "critical")] string? severity = null,
        string? after = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.ListDependabotAsync(owner, repo, state, severity, after, perPage, cancellationToken).ToPageAsync();

    /// <summary>A Dependabot alert with its advisory.</summary>
    [McpServerTool(Name = "get_dependabot_alert", Title = "Get dependabot alert", ReadOnly = true)]
    public async partial Task<DependabotAlert> GetDependabotAlertAsync(
        string owner,
        string repo,
        long alertNumber,
        CancellationToken cancellationToken
    ) => await api.GetDependabotAsync(owner, repo, alertNumber, cancellationToken);
}
