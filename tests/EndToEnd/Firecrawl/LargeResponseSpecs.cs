using System.Globalization;
using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.Firecrawl;

/// <summary>What the containers' memory has to hold.</summary>
public sealed class LargeResponseSpecs
{
    private const string Token = "caller-token-0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Ten_pages_of_20_MB_at_once_fit_into_a_heap_of_384_MB()
    {
        await using var firecrawl = await StubUpstream.StartAsync();
        firecrawl.On(
            "POST /v2/scrape",
            JsonSerializer.Serialize(new { success = true, data = new { markdown = new string('x', 20_000_000) } })
        );
        await using var gateway = await GatewayProcess.StartAsync(
            "Firecrawl",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["FIRECRAWL_API_URL"] = firecrawl.Url.ToString(),
                ["FIRECRAWL_API_KEY"] = "fc-key-of-the-test-0123456789",
                ["DOTNET_GCHeapHardLimit"] = (384 * 1024 * 1024).ToString("X", CultureInfo.InvariantCulture),
            }
        );
        await using var client = await gateway.ConnectAsync(Token, TestContext.Current.CancellationToken);
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ =>
                    client
                        .CallToolAsync(
                            "firecrawl_scrape",
                            new Dictionary<string, object?> { ["url"] = "https://8.8.8.8/" },
                            cancellationToken: TestContext.Current.CancellationToken
                        )
                        .AsTask()
                )
        );
        Assert.All(results, result => Assert.NotEqual(true, result.IsError));
        await gateway.StopAsync();
    }
}
