using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using ModelContextProtocol.Server;

namespace GitHub.Security;

/// <summary>Secret scanning.</summary>
internal sealed partial class SecretScanningTools(ISecurityApi api)
{
    /// <summary>Secret scanning alerts of a repository, without the secrets.</summary>
    /// <param name="secret_type">Comma-separated.</param>
    [McpServerTool(Name = "list_secret_scanning_alerts", Title = "List secret scanning alerts", ReadOnly = true)]
    public async partial Task<Page<SecretScanningAlert>> ListSecretScanningAlertsAsync(
        string owner,
        string repo,
        [AllowedValues("open", "resolved")] string? state = null,
        string? secret_type = null,
        [AllowedValues("false_positive", "wont_fix", "revoked", "pattern_edited", "pattern_deleted", "used_in_tests")]
            string? resolution = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        await api.ListSecretScanningAsync(owner, repo, state, secret_type, resolution, hide_secret: true, page, perPage, cancellationToken)
            .ToPageAsync();

    /// <summary>A secret scanning alert, without the secret.</summary>
    [McpServerTool(Name = "get_secret_scanning_alert", Title = "Get secret scanning alert", ReadOnly = true)]
    public async partial Task<SecretScanningAlert> GetSecretScanningAlertAsync(
        string owner,
        string repo,
        long alertNumber,
        CancellationToken cancellationToken
    ) => await api.GetSecretScanningAsync(owner, repo, alertNumber, hide_secret: true, cancellationToken);
}
