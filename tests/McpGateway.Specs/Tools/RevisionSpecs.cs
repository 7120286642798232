using System.Net;
using McpGateway.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpGateway.Specs.Tools;

/// <summary>Every revision of the protocol that the SDK serves.</summary>
public sealed class RevisionSpecs
{
    private const string Newest = "2026-07-28";

    internal static string NewestCall =>
        SpecService.Call(
            "echo",
            """{"text":"hi"}""",
            $$"""{"io.modelcontextprotocol/protocolVersion":"{{Newest}}","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"spec","version":"1"} }"""
        );

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task A_revision_with_a_handshake_is_served_by_raw_requests(string version)
    {
        await using var gateway = await SpecService.StartAsync();
        using var initialize = await gateway.PostAsync(SpecService.Initialize(version));
        Assert.Equal(version, (await initialize.JsonAsync())["result"]!["protocolVersion"]!.GetValue<string>());
        using var list = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""",
            configure: request => request.Headers.Add("MCP-Protocol-Version", version)
        );
        Assert.Contains("\"echo\"", await list.TextAsync(), StringComparison.Ordinal);
        using var call = await gateway.PostAsync(
            SpecService.Call("echo", """{"text":"hi"}"""),
            configure: request => request.Headers.Add("MCP-Protocol-Version", version)
        );
        Assert.Equal("hi Plain", await call.ToolTextAsync());
    }

    [Theory]
    [InlineData("2024-11-05", false)]
    [InlineData("2025-03-26", false)]
    [InlineData("2025-06-18", true)]
    [InlineData("2025-11-25", true)]
    public async Task Structured_content_is_for_clients_whose_revision_has_it(string version, bool has)
    {
        await using var gateway = await McpGateway.Testing.Gateway.StartAsync(
            SpecService.Definition,
            service => service.Mcp.WithTools<NoteTools>()
        );
        using var call = await gateway.PostAsync(
            SpecService.Call("measure", """{"text":"hi"}"""),
            configure: request => request.Headers.Add("MCP-Protocol-Version", version)
        );
        var result = (await call.JsonAsync())["result"]!.AsObject();
        Assert.Equal(has, result.ContainsKey("structuredContent"));
        Assert.Equal("""{"length":2}""", result["content"]![0]!["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(Newest)]
    [InlineData("2099-01-01")]
    [InlineData("latest")]
    [InlineData("DRAFT-2026-v1")]
    [InlineData("2024-10-07")]
    [InlineData("")]
    public async Task A_handshake_for_another_revision_is_answered_with_the_newest_that_has_one(string version)
    {
        foreach (var sessions in (string[])["stateless", "hybrid"])
        {
            await using var gateway = await SpecService.StartAsync(("MCP_SESSIONS", sessions));
            foreach (var header in (string?[])[null, version])
            {
                using var response = await gateway.PostAsync(
                    SpecService.Initialize(version),
                    configure: request => request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", header)
                );
                Assert.Equal("2025-11-25", (await response.JsonAsync())["result"]!["protocolVersion"]!.GetValue<string>());
            }
        }
    }

    [Fact]
    public async Task The_revision_without_a_handshake_is_served_by_raw_requests()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(NewestCall, configure: NewestHeaders);
        Assert.Equal("hi Plain", await response.ToolTextAsync());
        using var mismatch = await gateway.PostAsync(
            NewestCall,
            configure: request =>
            {
                NewestHeaders(request);
                request.Headers.Remove("Mcp-Name");
            }
        );
        Assert.Equal(HttpStatusCode.BadRequest, mismatch.StatusCode);
    }

    [Fact]
    public async Task An_unknown_revision_is_told_the_known_ones()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""",
            configure: request => request.Headers.Add("MCP-Protocol-Version", "1999-01-01")
        );
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(Newest, await response.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData(Newest)]
    public async Task Each_revision_is_served_to_the_csharp_client(string version)
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = gateway.McpUrl,
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {SpecService.Token}" },
                }
            ),
            new McpClientOptions { ProtocolVersion = version },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(version, client.NegotiatedProtocolVersion);
        Assert.Equal("Use echo.", client.ServerInstructions);
        // No log message ever arrives: a client would offer its user levels of nothing.
#pragma warning disable MCP9005 // Deprecated in the newest revision; the older ones have it.
        Assert.Null(client.ServerCapabilities.Logging);
#pragma warning restore MCP9005
        Assert.NotNull(client.ServerCapabilities.Tools);
        Assert.Contains(await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken), tool => tool.Name == "echo");
        var result = await client.CallToolAsync(
            "echo",
            new Dictionary<string, object?> { ["text"] = "hi" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal("hi Plain", Assert.IsType<TextContentBlock>(result.Content.Single()).Text);
    }

    internal static void NewestHeaders(HttpRequestMessage request)
    {
        request.Headers.Add("MCP-Protocol-Version", Newest);
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", "echo");
    }
}
