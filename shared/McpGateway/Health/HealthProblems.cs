using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpGateway.Health;

/// <summary>What is not well, as everybody may read it.</summary>
public static class HealthProblems
{
    /// <summary>Each part that is not ready, with what is wrong and what to do; empty when all is well.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FindProblemsAsync(
        this HealthCheckService checks,
        CancellationToken cancellationToken
    ) =>
        (await checks.CheckHealthAsync(cancellationToken))
            .Entries.Where(e => e.Value.Status != HealthStatus.Healthy)
            .ToDictionary(e => e.Key, e => SayWhatIsWrong(e.Value));

    // What a check says on purpose, never the message of an exception.
    private static string SayWhatIsWrong(HealthReportEntry entry) =>
        entry.Description is { } said && said != entry.Exception?.Message ? said : "The check failed. The operator's log has the details.";
}
