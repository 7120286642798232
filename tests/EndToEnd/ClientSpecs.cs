using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>The clients people use, as they come from npm, against memory-mcp as it runs on a droplet.</summary>
public sealed class ClientSpecs
{
    private const string Token = "end-to-end-0123456789abcdef";
    private const string Inspector = "@modelcontextprotocol/inspector/clients/launcher/build/index.js";

    private static readonly string[] NineTools =
    [
        "create_entities",
        "create_relations",
        "add_observations",
        "delete_entities",
        "delete_observations",
        "delete_relations",
        "read_graph",
        "search_nodes",
        "open_nodes",
    ];

    // Each of the nine once, in the order a client might.
    private static readonly ToolCall[] ADay =
    [
        new(
            "create_entities",
            new
            {
                entities = new[]
                {
                    new
                    {
                        name = "Ana",
                        entityType = "person",
                        observations = new[] { "likes tea", "lives in Lisbon" },
                    },
                    new
                    {
                        name = "Acme",
                        entityType = "company",
                        observations = Array.Empty<string>(),
                    },
                },
            }
        ),
        new(
            "create_relations",
            new
            {
                relations = new[]
                {
                    new
                    {
                        from = "Ana",
                        to = "Acme",
                        relationType = "works_at",
                    },
                },
            }
        ),
        new(
            "add_observations",
            new { observations = new[] { new { entityName = "Ana", contents = new[] { "likes tea", "speaks Zoë's language" } } } }
        ),
        new("search_nodes", new { query = "lisbon" }),
        new("open_nodes", new { names = new[] { "Acme" } }),
        new("delete_observations", new { deletions = new[] { new { entityName = "Ana", observations = new[] { "lives in Lisbon" } } } }),
        new(
            "delete_relations",
            new
            {
                relations = new[]
                {
                    new
                    {
                        from = "Ana",
                        to = "Acme",
                        relationType = "works_at",
                    },
                },
            }
        ),
        new("delete_entities", new { entityNames = new[] { "Acme" } }),
        new("read_graph", new { }),
    ];

    [Theory]
    [InlineData("sdk-v1", "2025-11-25", Token)]
    [InlineData("sdk-v1", "2025-11-25", null)]
    [InlineData("sdk-v2", "2025-11-25", Token)]
    [InlineData("sdk-v2-modern", "2026-07-28", Token)]
    [InlineData("sdk-v2-modern", "2026-07-28", null)]
    [InlineData("mcp-remote", "2025-11-25", Token)]
    [InlineData("mcp-remote", "2025-11-25", null)]
    public async Task A_client_remembers_with_all_nine_tools(string client, string protocol, string? token)
    {
        await using var gateway = await StartAsync(token);
        var session = await ClientSession.HoldAsync(client, gateway.McpUrl, token, ADay);

        Assert.Equal("memory-mcp", session.Server);
        // What mcp-remote agrees on with the server stays between those two.
        Assert.Equal(client == "mcp-remote" ? null : protocol, session.Protocol);
        Assert.Empty(NineTools.Except(session.Tools));
        Assert.Contains("\"Ana\"", session.Structured(0), StringComparison.Ordinal);
        Assert.Contains("works_at", session.Structured(1), StringComparison.Ordinal);
        Assert.Equal("""["speaks Zoë's language"]""", Text(JsonNode.Parse(session.Structured(2))!["results"]![0]!["addedObservations"]!));
        Assert.Contains("lives in Lisbon", session.Structured(3), StringComparison.Ordinal);
        Assert.Contains("works_at", session.Structured(4), StringComparison.Ordinal);
        var graph = JsonNode.Parse(session.Structured(8))!;
        Assert.Equal("Ana", Assert.Single(graph["entities"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.Equal("""["likes tea","speaks Zoë's language"]""", Text(graph["entities"]![0]!["observations"]!));
        Assert.Empty(graph["relations"]!.AsArray());
        await gateway.StopAsync();
        Assert.Equal(ADay.Length, gateway.Audit.Count(line => line.Contains("\"outcome\":\"ok\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("sdk-v1")]
    [InlineData("sdk-v2-modern")]
    [InlineData("mcp-remote")]
    public async Task A_client_with_a_wrong_token_gets_nowhere(string client)
    {
        await using var gateway = await StartAsync(Token);
        var finished = await NodeProgram.RunClientAsync(
            $"{client}.mjs",
            [gateway.McpUrl.AbsoluteUri, "not-the-token-of-this-gateway"],
            "[]",
            TestContext.Current.CancellationToken
        );
        Assert.NotEqual(0, finished.ExitCode);
        Assert.DoesNotContain("create_entities", finished.Output, StringComparison.Ordinal);
        await gateway.WaitForAuditAsync(
            line => line.Contains("login_refused", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
    }

    [Theory]
    [InlineData("legacy", Token)]
    [InlineData("modern", null)]
    public async Task The_Inspector_lists_portable_schemas_and_calls_a_tool(string era, string? token)
    {
        await using var gateway = await StartAsync(token);
        var tools = JsonNode.Parse((await InspectAsync(gateway, era, token, "--method", "tools/list", "--strict")).Succeeded())!;
        Assert.Empty(NineTools.Except(tools["result"]!["tools"]!.AsArray().Select(tool => tool!["name"]!.GetValue<string>())));

        var call = await InspectAsync(
            gateway,
            era,
            token,
            "--method",
            "tools/call",
            "--tool-name",
            "create_entities",
            "--tool-args-json",
            JsonSerializer.Serialize(ADay[0].Arguments)
        );
        var created = JsonNode.Parse(call.Succeeded())!["result"]!["structuredContent"]!["entities"]!.AsArray();
        Assert.Equal(["Ana", "Acme"], created.Select(entity => entity!["name"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(Token)]
    [InlineData(null)]
    public async Task The_CSharp_client_remembers_across_connections(string? token)
    {
        await using var gateway = await StartAsync(token);
        await using (var writer = await gateway.ConnectAsync(token, TestContext.Current.CancellationToken))
        {
            var created = await writer.CallToolAsync(
                ADay[0].Name,
                ArgumentsOf(ADay[0]),
                cancellationToken: TestContext.Current.CancellationToken
            );
            Assert.NotEqual(true, created.IsError);
        }

        await using var reader = await gateway.ConnectAsync(token, TestContext.Current.CancellationToken);
        var found = await reader.CallToolAsync(
            ADay[3].Name,
            ArgumentsOf(ADay[3]),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Contains("lives in Lisbon", found.StructuredContent!.Value.GetRawText(), StringComparison.Ordinal);
    }

    private static Task<GatewayProcess> StartAsync(string? token) =>
        GatewayProcess.StartAsync("Memory", new Dictionary<string, string?> { ["MCP_BEARER_TOKEN"] = token });

    private static Task<Finished> InspectAsync(GatewayProcess gateway, string era, string? token, params string[] method)
    {
        string[] header = token is null ? [] : ["--header", $"Authorization: Bearer {token}"];
        return NodeProgram.RunPackageAsync(
            Inspector,
            ["--cli", gateway.McpUrl.AbsoluteUri, .. header, "--protocol-era", era, "--format", "json", .. method],
            TestContext.Current.CancellationToken
        );
    }

    private static Dictionary<string, object?> ArgumentsOf(ToolCall call) =>
        JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(call.Arguments))!;

    private static string Text(JsonNode node) =>
        node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
