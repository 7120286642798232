using ModelContextProtocol.Server;

namespace GitHub.Security;

/// <summary>Code quality.</summary>
internal sealed partial class CodeQualityTools(ISecurityApi api)
{
    /// <summary>A code quality finding.</summary>
    [McpServerTool(Name = "get_code_quality_finding", Title = "Get code quality finding", ReadOnly = true)]
    public async partial Task<CodeQualityFinding> GetCodeQualityFindingAsync(
        string owner,
        string repo,
        long findingNumber,
        CancellationToken cancellationToken
    ) => await api.GetCodeQualityAsync(owner, repo, findingNumber, cancellationToken);
}
