using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpGateway.Auditing;

/// <summary>Ready means: what callers do is recorded.</summary>
internal sealed class AuditHealth(AuditLog audit) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await audit.FindProblemAsync(cancellationToken) is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy();
}
