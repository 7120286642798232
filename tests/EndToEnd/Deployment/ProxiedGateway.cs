using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>A memory-mcp set up as behind nginx-proxy.</summary>
public sealed class ProxiedGateway : IAsyncLifetime
{
    public const string Host = "memory.test";
    public const string Token = "a-token-of-the-proxy-specs-0123456789";

    public GatewayProcess Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["PUBLIC_URL"] = $"https://{Host}",
                ["TRUST_DOWNSTREAM_PROXY"] = "true",
                ["RATE_LIMIT_PER_SECOND"] = "0",
            }
        );

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
