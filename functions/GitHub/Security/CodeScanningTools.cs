using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Server;

namespace GitHub.Security;

/// <summary>Code scanning.</summary>
internal sealed partial class CodeScanningTools(ISecurityApi api)
{
    /// <summary>Code scanning alerts of a repository.</summary>
    /// <param name="gitRef">Branch, or refs/pull/n/merge.</param>
    /// <param name="tool_name">Such as CodeQL.</param>
    [McpServerTool(Name = "list_code_scanning_alerts", Title = "List code scanning alerts", ReadOnly = true)]
    public async partial Task<Page<CodeScanningAlert>> ListCodeScanningAlertsAsync(
        string owner,
        string repo,
        [AllowedValues("open", "closed", "dismissed", "fixed")] string state = "open",
        [AllowedValues("critical", "high", "medium", "low", "warning", "note", "error")] string? severity = null,
        [WireName("ref")] string? gitRef = null,
        string? tool_name = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.ListCodeScanningAsync(owner, repo, gitRef, state, severity, tool_name, page, perPage, cancellationToken).ToPageAsync();

    /// <summary>A code scanning alert with its place and rule.</summary>
    [McpServerTool(Name = "get_code_scanning_alert", Title = "Get code scanning alert", ReadOnly = true)]
    public async partial Task<CodeScanningAlert> GetCodeScanningAlertAsync(
        string owner,
        string repo,
        long alertNumber,
        CancellationToken cancellationToken
    ) => await api.GetCodeScanningAsync(owner, repo, alertNumber, cancellationToken);
}
