using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Memory.Specs.Tools;

/// <summary>What a person attaches to a conversation.</summary>
public sealed class ResourceSpecs
{
    private const string Narrow = "a-narrow-token-01";

    [Fact]
    public async Task The_graph_and_each_entity_are_resources()
    {
        await using var memory = await FilledAsync();
        await using var client = await memory.Gateway.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            ["memory://knowledge-graph"],
            (await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(r => r.Uri)
        );
        Assert.Equal(
            ["memory://entity/{name}"],
            (await client.ListResourceTemplatesAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(r => r.UriTemplate)
        );
        var graph = await ReadAsync(client, "memory://knowledge-graph");
        Assert.Equal(["Zoë Müller", "Acme", "zoo"], graph["entities"]!.AsArray().Select(e => (string?)e!["name"]));
        Assert.Equal("Acme", (string?)graph["relations"]![0]!["to"]);
        var entity = await ReadAsync(client, "memory://entity/Zo%C3%AB%20M%C3%BCller");
        Assert.Equal("likes Tea", (string?)entity["entities"]![0]!["observations"]![0]);
        var missing = await Assert.ThrowsAsync<McpProtocolException>(() => ReadAsync(client, "memory://entity/Zoe%20Muller"));
        Assert.Contains("Entity with name Zoe Muller (did you mean \"Zoë Müller\"?) not found", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zo", "zoo", "Zoë Müller")]
    [InlineData("MULL", "Zoë Müller")]
    [InlineData("", "zoo", "Acme", "Zoë Müller")]
    [InlineData("nobody")]
    public async Task Names_are_completed_without_regard_to_case_and_accents(string typed, params string[] names)
    {
        await using var memory = await FilledAsync();
        await using var client = await memory.Gateway.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        var completed = await client.CompleteAsync(
            new ResourceTemplateReference { Uri = "memory://entity/{name}" },
            "name",
            typed,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(names.Order(StringComparer.Ordinal), completed.Completion.Values.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("deny=read_graph", "", true)]
    [InlineData("tools=open_nodes", "", true)]
    [InlineData("deny=open_nodes", "", false)]
    [InlineData("tools=open_nodes read_graph", "memory://knowledge-graph", true)]
    public async Task The_graph_goes_with_read_graph_and_an_entity_with_open_nodes(string rights, string listed, bool opens)
    {
        await using var memory = await FilledAsync(("MCP_BEARER_TOKENS", $"n8n={Narrow};{rights},all=a-token-for-all-02"));
        await using var client = await memory.Gateway.ConnectAsync(Narrow, TestContext.Current.CancellationToken);
        Assert.Equal(
            listed,
            string.Join(' ', (await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(r => r.Uri))
        );
        Assert.Equal(listed.Length > 0, await CanReadAsync("memory://knowledge-graph"));
        Assert.Equal(opens, await CanReadAsync("memory://entity/Acme"));

        async Task<bool> CanReadAsync(string uri)
        {
            try
            {
                return await ReadAsync(client, uri) is not null;
            }
            catch (McpProtocolException e)
            {
                Assert.Contains("which is not among the tools you may use", e.Message, StringComparison.Ordinal);
                return false;
            }
        }
    }

    [Fact]
    public async Task A_namespace_has_resources_of_its_own()
    {
        await using var memory = await FilledAsync();
        await memory.In("work").CreateAsync("Work");
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new() { Endpoint = new Uri(memory.Gateway.Http.BaseAddress!, "/mcp/n/work") }),
            cancellationToken: TestContext.Current.CancellationToken
        );
        var graph = await ReadAsync(client, "memory://knowledge-graph");
        Assert.Equal("Work", (string?)Assert.Single(graph["entities"]!.AsArray())!["name"]);
        await Assert.ThrowsAsync<McpProtocolException>(() => ReadAsync(client, "memory://entity/Acme"));
        var completed = await client.CompleteAsync(
            new ResourceTemplateReference { Uri = "memory://entity/{name}" },
            "name",
            "",
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(["Work"], completed.Completion.Values);
    }

    private static async Task<MemoryGateway> FilledAsync(params (string, string?)[] settings)
    {
        var memory = await MemoryGateway.StartAsync(settings);
        memory.Gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", "a-token-for-all-02");
        await memory.CreateAsync("Zoë Müller", "person", "likes Tea");
        await memory.CreateAsync("Acme", "company");
        await memory.CreateAsync("zoo", "place");
        await memory.RelateAsync("Zoë Müller", "Acme", "works_at");
        return memory;
    }

    private static async Task<JsonNode> ReadAsync(McpClient client, string uri)
    {
        var read = await client.ReadResourceAsync(uri, cancellationToken: TestContext.Current.CancellationToken);
        return JsonNode.Parse(((TextResourceContents)Assert.Single(read.Contents)).Text)!;
    }
}
