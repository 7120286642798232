using System.Globalization;
using System.Text.Json;
using McpGateway.Testing;
using ModelContextProtocol.Protocol;

namespace EndToEnd;

/// <summary>What the containers' memory has to hold. It takes all processors, and has only so long for each response: nothing runs beside it.</summary>
[CollectionDefinition(nameof(LargeResponseSpecs), DisableParallelization = true)]
[Collection(nameof(LargeResponseSpecs))]
public sealed class LargeResponseSpecs
{
    private const string Token = "caller-token-0123456789abcdef0123456789abcdef";

    // Has something to escape, which takes several times the memory.
    private const string Line = "A \"line\" of a text.\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 10)]
    [InlineData(50, 3)]
    public async Task Pages_of_2_and_20_MB_at_once_fit_into_a_heap_of_384_MB(int small, int large)
    {
        await using var firecrawl = await StubUpstream.StartAsync();
        foreach (var size in Enumerable.Repeat(2_000_000, small).Concat(Enumerable.Repeat(20_000_000, large)))
        {
            firecrawl.On("POST /v2/scrape", JsonSerializer.Serialize(new { success = true, data = new { markdown = TextOf(size) } }));
        }

        var results = await CallAsync(
            "Firecrawl",
            new() { ["FIRECRAWL_API_URL"] = firecrawl.Url, ["FIRECRAWL_API_KEY"] = "fc-key-of-the-test-0123456789" },
            small + large,
            "firecrawl_scrape",
            new() { ["url"] = "https://8.8.8.8/" }
        );
        Assert.All(results, result => Assert.True(result.IsError != true, JsonSerializer.Serialize(result.Content)));
    }

    [Fact]
    public async Task Gists_of_20_MB_at_once_fit_into_it_as_well()
    {
        await using var github = await StubUpstream.StartAsync();
        var files = new Dictionary<string, object> { ["a.txt"] = new { filename = "a.txt", content = TextOf(20_000_000) } };
        github.On("GET /api/v3/gists/1", JsonSerializer.Serialize(new { id = "1", files }));
        var results = await CallAsync(
            "GitHub",
            new()
            {
                ["GITHUB_HOST"] = github.Url,
                ["GITHUB_TOKEN"] = "ghp_endtoendendtoendendtoendendtoendend1",
                ["GITHUB_TOOLSETS"] = "gists",
            },
            10,
            "get_gist",
            new() { ["gist_id"] = "1" }
        );
        Assert.All(results, result => Assert.True(result.IsError != true, JsonSerializer.Serialize(result.Content)));
    }

    private static string TextOf(int size) => string.Concat(Enumerable.Repeat(Line, size / Line.Length));

    private static async Task<CallToolResult[]> CallAsync(
        string service,
        Dictionary<string, string?> settings,
        int times,
        string tool,
        Dictionary<string, object?> arguments
    )
    {
        settings["MCP_BEARER_TOKEN"] = Token;
        settings["CALL_DEADLINE_SECONDS"] = "300";
        settings["DOTNET_GCHeapHardLimit"] = (384 * 1024 * 1024).ToString("X", CultureInfo.InvariantCulture);
        await using var gateway = await GatewayProcess.StartAsync(service, settings);
        await using var client = await gateway.ConnectAsync(Token, Cancellation);
        var results = await Task.WhenAll(
            Enumerable.Range(0, times).Select(_ => client.CallToolAsync(tool, arguments, cancellationToken: Cancellation).AsTask())
        );
        await gateway.StopAsync();
        return results;
    }
}
