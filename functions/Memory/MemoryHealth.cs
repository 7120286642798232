using Memory.Import;
using Memory.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Memory;

/// <summary>Ready means: the memory can be written, and what MEMORY_IMPORT names was taken in.</summary>
internal sealed class MemoryHealth(MemoryStore store, MemoryImport import) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await store.FindProblemAsync(cancellationToken) is { } problem ? HealthCheckResult.Unhealthy(problem)
        : import.Problem is { } notImported ? HealthCheckResult.Unhealthy(notImported)
        : HealthCheckResult.Healthy();
}
