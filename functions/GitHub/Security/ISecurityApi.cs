using Refit;

namespace GitHub.Security;

/// <summary>https://docs.github.com/en/rest/code-scanning, /secret-scanning, /dependabot and /security-advisories</summary>
internal interface ISecurityApi
{
    [Get("/repos/{owner}/{repo}/code-scanning/alerts")]
    Task<ApiResponse<List<CodeScanningAlert>>> ListCodeScanningAsync(
        string owner,
        string repo,
        [AliasAs("ref")] string? reference,
        string? state,
        string? severity,
        string? tool_name,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/code-scanning/alerts/{alert_number}")]
    Task<CodeScanningAlert> GetCodeScanningAsync(string owner, string repo, long alert_number, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/secret-scanning/alerts")]
    Task<ApiResponse<List<SecretScanningAlert>>> ListSecretScanningAsync(
        string owner,
        string repo,
        string? state,
        string? secret_type,
        string? resolution,
        bool hide_secret,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}")]
    Task<SecretScanningAlert> GetSecretScanningAsync(
        string owner,
        string repo,
        long alert_number,
        bool hide_secret,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/dependabot/alerts")]
    Task<ApiResponse<List<DependabotAlert>>> ListDependabotAsync(
        string owner,
        string repo,
        string? state,
        string? severity,
        string? after,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/dependabot/alerts/{alert_number}")]
    Task<DependabotAlert> GetDependabotAsync(string owner, string repo, long alert_number, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/code-quality/findings/{finding_number}")]
    Task<CodeQualityFinding> GetCodeQualityAsync(string owner, string repo, long finding_number, CancellationToken cancellationToken);

    [Get("/advisories")]
    Task<ApiResponse<List<Advisory>>> ListAdvisoriesAsync(
        string? ghsa_id,
        string? type,
        string? cve_id,
        string? ecosystem,
        string? severity,
        [Query(CollectionFormat.Csv)] string[]? cwes,
        bool? is_withdrawn,
        string? affects,
        string? published,
        string? updated,
        string? modified,
        string? after,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/advisories/{ghsa_id}")]
    Task<Advisory> GetAdvisoryAsync(string ghsa_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/security-advisories")]
    Task<ApiResponse<List<Advisory>>> ListRepositoryAdvisoriesAsync(
        string owner,
        string repo,
        string? state,
        string? sort,
        string? direction,
        string? after,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/orgs/{org}/security-advisories")]
    Task<ApiResponse<List<Advisory>>> ListOrganizationAdvisoriesAsync(
        string org,
        string? state,
        string? sort,
        string? direction,
        string? after,
        int? per_page,
        CancellationToken cancellationToken
    );
}
