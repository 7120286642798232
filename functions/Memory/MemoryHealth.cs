using Memory.Database;
using Memory.Import;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Memory;

/// <summary>Ready means: the memory can be written, and what MEMORY_IMPORT names was taken in.</summary>
internal sealed class MemoryHealth(IDatabase database, MemoryImport import) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await database.FindProblemAsync(cancellationToken) is { } problem ? HealthCheckResult.Unhealthy(problem)
        : import.Problem is { } notImported ? HealthCheckResult.Unhealthy(notImported)
        : HealthCheckResult.Healthy();
}
