using System.Threading.RateLimiting;

namespace McpGateway.Upstream;

/// <summary>The limits that the gateway keeps of an API, the same for all of its clients; null where it keeps none.</summary>
internal sealed class UpstreamLimiter(UpstreamApi api, IServiceProvider services) : IDisposable
{
    public PartitionedRateLimiter<HttpRequestMessage>? Limits { get; } = api.CreateLimiter?.Invoke(services);

    public void Dispose() => Limits?.Dispose();
}
