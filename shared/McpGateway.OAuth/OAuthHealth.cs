using Azure;
using McpGateway.OAuth.Grants;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace McpGateway.OAuth;

/// <summary>Ready means: grants can be read and written, and what this gateway seals it can open.</summary>
internal sealed class OAuthHealth(IGrantStore store, SealedValues sealedValues) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.ProbeAsync(cancellationToken);
            return sealedValues.Open<RegisteredClient>(sealedValues.Seal(new RegisteredClient("health", []))) is not null
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy(
                    "The OAuth key ring does not open what it sealed: check OAUTH_KEY_CERTIFICATE and the key folder."
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RequestFailedException or AggregateException)
        {
            return HealthCheckResult.Unhealthy(
                "The OAuth grants cannot be read or written: check the free space and owner of DATA_PATH/oauth, or the storage account of "
                    + "OAUTH_STORE=table."
            );
        }
    }
}
