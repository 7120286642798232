using System.Globalization;
using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.Firecrawl;

/// <summary>What the containers' memory has to hold.</summary>
public sealed class LargeResponseSpecs
{
    private const string Token = "caller-token-0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(0, 10)]
    [InlineData(50, 3)]
    public async Task Pages_of_2_and_20_MB_at_once_fit_into_a_heap_of_384_MB(int small, int large)
    {
        await using var firecrawl = await StubUpstream.StartAsync();
        foreach (var size in Enumerable.Repeat(2_000_000, small).Concat(Enumerable.Repeat(20_000_000, large)))
        {
            firecrawl.On(
                "POST /v2/scrape",
                JsonSerializer.Serialize(new { success = true, data = new { markdown = new string('x', size) } })
            );
        }

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
                .Range(0, small + large)
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
