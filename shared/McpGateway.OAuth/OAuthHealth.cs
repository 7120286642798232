using McpGateway.OAuth.Grants;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpGateway.OAuth;

/// <summary>Ready means: grants can be read and written, and what this gateway seals it can open.</summary>
internal sealed class OAuthHealth(IGrantStore store, SealedValues sealedValues) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await store.FindProblemAsync(cancellationToken) is { } problem ? HealthCheckResult.Unhealthy(problem)
        : sealedValues.Open<RegisteredClient>(sealedValues.Seal(new RegisteredClient("health", []))) is not null
            ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy("The OAuth key ring does not open what it sealed: check OAUTH_KEY_CERTIFICATE and the keys.");
}
