using McpGateway.State.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpGateway.State;

/// <summary>Ready means: what is remembered can be read and written. Nothing is made for the check.</summary>
internal sealed class StateHealth(StateDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        database.Exists && await database.FindProblemAsync(cancellationToken) is { } problem
            ? HealthCheckResult.Unhealthy(problem)
            : HealthCheckResult.Healthy();
}
