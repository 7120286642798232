using System.Text.Json;
using McpGateway.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace EndToEnd;

/// <summary>coda-mcp as an operator runs it, with a stub of Coda's API on loopback.</summary>
public sealed class CodaProcessSpecs
{
    private const string Token = "caller-token-0123456789abcdef0123456789abcdef";
    private const string Doc = "/apis/v1/docs/AbCDeFGHij";

    [Fact]
    public async Task Without_a_coda_token_it_starts_lists_its_tools_and_every_call_says_what_to_set()
    {
        await using var gateway = await GatewayProcess.StartAsync("Coda", new Dictionary<string, string?> { ["MCP_BEARER_TOKEN"] = Token });
        await using var client = await gateway.ConnectAsync(Token, TestContext.Current.CancellationToken);
        Assert.Equal(37, (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Count);
        var result = await client.CallToolAsync("coda_list_docs", cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.IsError);
        Assert.Equal(
            "No Coda token is configured: get one at https://coda.io/account, set CODA_API_TOKEN and restart the gateway.",
            TextOf(result)
        );
        await gateway.StopAsync();
    }

    [Fact]
    public async Task A_row_is_added_and_read_back_through_the_whole_chain()
    {
        await using var coda = await StartCodaAsync();
        await using var gateway = await StartAsync(coda);
        await using var client = await gateway.ConnectAsync(Token, TestContext.Current.CancellationToken);
        var written = await CallAsync(
            client,
            "coda_upsert_rows",
            new()
            {
                ["docId"] = "https://coda.io/d/Launch_dAbCDeFGHij",
                ["tableIdOrName"] = "Tasks",
                ["rows"] = new[] { new { Task = "Call Ann" } },
            }
        );
        Assert.Equal(
            """{"outcome":"applied","requestId":"r1","ids":["i-1x"],"rows":[{"id":"i-1x","cells":{"Task":"Call Ann"},"name":"Call Ann"}]}""",
            written.GetRawText()
        );
        var read = await CallAsync(client, "coda_list_rows", new() { ["docId"] = "AbCDeFGHij", ["tableIdOrName"] = "grid-1x" });
        Assert.Equal("Call Ann", read.GetProperty("items")[0].GetProperty("cells").GetProperty("Task").GetString());
        Assert.All(coda.Received, request => Assert.Equal("Bearer coda-token-of-the-test", request.Headers["Authorization"]));
        await gateway.StopAsync();
        Assert.DoesNotContain("coda-token-of-the-test", string.Join('\n', gateway.Logs.Concat(gateway.Audit)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_exported_and_read_through_the_whole_chain()
    {
        await using var coda = await StartCodaAsync();
        coda.On($"GET {Doc}/pages/canvas-1x", """{"id":"canvas-1x","name":"Plan","contentType":"canvas"}""")
            .On($"POST {Doc}/pages/canvas-1x/export", """{"id":"e1","status":"inProgress"}""", 202)
            .On($"GET {Doc}/pages/canvas-1x/export/e1", "{}", 404)
            .On($"GET {Doc}/pages/canvas-1x/export/e1", $$"""{"id":"e1","status":"complete","downloadLink":"{{coda.Url}}/blob/1"}""")
            .On("GET /blob/1", "# Plan");
        await using var gateway = await StartAsync(coda);
        await using var client = await gateway.ConnectAsync(Token, TestContext.Current.CancellationToken);
        var page = await CallAsync(client, "coda_get_page_content", new() { ["docId"] = "AbCDeFGHij", ["pageIdOrName"] = "canvas-1x" });
        Assert.Equal("# Plan", page.GetProperty("content").GetString());
        Assert.False(coda.Received.Single(request => request.Target == "/blob/1").Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("sdk-v1")]
    [InlineData("sdk-v2")]
    public async Task The_official_javascript_clients_list_docs(string client)
    {
        await using var coda = await StartCodaAsync();
        await using var gateway = await StartAsync(coda);
        var session = await ClientSession.HoldAsync(client, gateway.McpUrl, Token, [new("coda_list_docs", new { query = "launch" })]);
        Assert.Equal("coda-mcp", session.Server);
        Assert.Contains("coda_upsert_rows", session.Tools);
        Assert.Equal("""{"items":[{"id":"AbCDeFGHij","name":"Launch"}],"complete":true}""", session.Structured(0));
    }

    private static async Task<StubUpstream> StartCodaAsync() =>
        (await StubUpstream.StartAsync())
            .On("GET /apis/v1/docs", """{"items":[{"id":"AbCDeFGHij","name":"Launch","href":"h"}]}""")
            .On($"GET {Doc}/tables", """{"items":[{"id":"grid-1x","name":"Tasks","tableType":"table"}]}""")
            .On($"GET {Doc}/tables/grid-1x", """{"id":"grid-1x","name":"Tasks","tableType":"table"}""")
            .On($"GET {Doc}/tables/grid-1x/columns", """{"items":[{"id":"c-1","name":"Task","format":{"type":"text","isArray":false}}]}""")
            .On($"POST {Doc}/tables/grid-1x/rows", """{"requestId":"r1","addedRowIds":["i-1x"]}""", 202)
            .On("GET /apis/v1/mutationStatus/r1", """{"completed":true}""")
            .On($"GET {Doc}/tables/grid-1x/rows/i-1x", """{"id":"i-1x","name":"Call Ann","values":{"c-1":"```Call Ann```"}}""")
            .On($"GET {Doc}/tables/grid-1x/rows", """{"items":[{"id":"i-1x","name":"Call Ann","values":{"c-1":"```Call Ann```"}}]}""");

    private static Task<GatewayProcess> StartAsync(StubUpstream coda) =>
        GatewayProcess.StartAsync(
            "Coda",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["CODA_API_TOKEN"] = "coda-token-of-the-test",
                ["CODA_API_BASE_URL"] = $"{coda.Url}/apis/v1",
            }
        );

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(result.IsError ?? false, TextOf(result));
        return new SpecReply(result).Json;
    }

    private static string TextOf(CallToolResult result) =>
        string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
