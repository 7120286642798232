using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using McpGateway.Text;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Security;

/// <summary>Security advisories.</summary>
internal sealed partial class AdvisoryTools(ISecurityApi api)
{
    /// <summary>Advisories of GitHub's database. Continue with after=nextCursor.</summary>
    /// <param name="affects">Packages, such as 'lodash@4.17.20,express'.</param>
    /// <param name="cwes">Such as 79.</param>
    /// <param name="published">ISO 8601 date or range (2024-01-01..2024-02-01); so are updated and modified (published or updated).</param>
    [McpServerTool(Name = "list_global_security_advisories", Title = "List global security advisories", ReadOnly = true)]
    public async partial Task<Page<Advisory>> ListGlobalAdvisoriesAsync(
        string? ghsaId = null,
        [AllowedValues("reviewed", "malware", "unreviewed")] string type = "reviewed",
        string? cveId = null,
        [AllowedValues("actions", "composer", "erlang", "go", "maven", "npm", "nuget", "other", "pip", "pub", "rubygems", "rust")]
            string? ecosystem = null,
        [AllowedValues("unknown", "low", "medium", "high", "critical")] string? severity = null,
        string[]? cwes = null,
        bool? isWithdrawn = null,
        string? affects = null,
        string? published = null,
        string? updated = null,
        string? modified = null,
        string? after = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        await api.ListAdvisoriesAsync(
                ghsaId,
                type,
                cveId,
                ecosystem,
                severity,
                cwes,
                isWithdrawn,
                affects,
                SpanOf("published", published),
                SpanOf("updated", updated),
                SpanOf("modified", modified),
                after,
                perPage,
                cancellationToken
            )
            .ToPageAsync();

    /// <summary>An advisory of GitHub's database.</summary>
    /// <param name="ghsaId">GHSA-xxxx-xxxx-xxxx.</param>
    [McpServerTool(Name = "get_global_security_advisory", Title = "Get global security advisory", ReadOnly = true)]
    public async partial Task<Advisory> GetGlobalAdvisoryAsync(string ghsaId, CancellationToken cancellationToken) =>
        await api.GetAdvisoryAsync(ghsaId, cancellationToken);

    /// <summary>A repository's own advisories. Continue with after=nextCursor.</summary>
    [McpServerTool(Name = "list_repository_security_advisories", Title = "List repository security advisories", ReadOnly = true)]
    public async partial Task<Page<Advisory>> ListRepositoryAdvisoriesAsync(
        string owner,
        string repo,
        [AllowedValues("triage", "draft", "published", "closed")] string? state = null,
        [AllowedValues("created", "updated", "published")] string? sort = null,
        [AllowedValues("asc", "desc")] string? direction = null,
        string? after = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.ListRepositoryAdvisoriesAsync(owner, repo, state, sort, direction, after, perPage, cancellationToken).ToPageAsync();

    /// <summary>The advisories of an organization's repositories. Continue with after=nextCursor.</summary>
    [McpServerTool(
        Name = "list_org_repository_security_advisories",
        Title = "List security advisories of an organization",
        ReadOnly = true
    )]
    public async partial Task<Page<Advisory>> ListOrganizationAdvisoriesAsync(
        string org,
        [AllowedValues("triage", "draft", "published", "closed")] string? state = null,
        [AllowedValues("created", "updated", "published")] string? sort = null,
        [AllowedValues("asc", "desc")] string? direction = null,
        string? after = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.ListOrganizationAdvisoriesAsync(org, state, sort, direction, after, perPage, cancellationToken).ToPageAsync();

    /// <summary>What is no day or span of days would be searched for as if it were one.</summary>
    /// <exception cref="McpException">It is neither.</exception>
    private static string? SpanOf(string name, string? text)
    {
        var ends = text?.Split("..") is [var day] ? [day.TrimStart('<', '>', '=')] : text?.Split("..");
        return ends is null || (ends.Length <= 2 && ends.All(end => end == "*" || IsoTime.TryRead(end) is not null))
            ? text
            : throw new McpException($"{name}='{text}' is not a day or span: write 2026-11-01, >=2026-11-01 or 2026-11-01..2026-11-30.");
    }
}
