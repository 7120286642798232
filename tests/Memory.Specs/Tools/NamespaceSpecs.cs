using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Testing;
using ModelContextProtocol.Client;

namespace Memory.Specs.Tools;

/// <summary>One memory for each path: nothing crosses.</summary>
public sealed class NamespaceSpecs
{
    [Fact]
    public async Task A_caller_reaches_the_namespaces_its_rights_name_and_no_other()
    {
        await using var memory = await MemoryGateway.StartAsync(
            ("MCP_BEARER_TOKENS", "n8n=a-token-for-work-01;namespaces=Work home,all=a-token-for-all-02")
        );
        foreach (
            var (path, reached) in new[] { ("/mcp/n/work", true), ("/mcp/n/HOME", true), ("/mcp", false), ("/mcp/n/other/readonly", false) }
        )
        {
            using var response = await memory.Gateway.PostAsync(
                """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_graph","arguments":{}}}""",
                "a-token-for-work-01",
                request => request.RequestUri = new Uri(path, UriKind.Relative)
            );
            var answer = ToolAnswer.Of(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(reached, !answer.IsError);
            Assert.Equal(!reached, answer.Text.Contains("is not among those you may use", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Names_of_a_namespace_that_is_not_the_callers_are_not_completed_and_that_is_no_defect()
    {
        await using var memory = await MemoryGateway.StartAsync(("MCP_BEARER_TOKENS", "n8n=a-token-for-work-01;namespaces=work"));
        using var response = await memory.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{"type":"ref/resource","uri":"memory://entity/{name}"},"argument":{"name":"name","value":"A"}}}""",
            "a-token-for-work-01"
        );
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!;
        Assert.Equal(-32602, (int)error["code"]!);
        Assert.StartsWith("The namespace 'default' is not among those", (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_remembered_in_one_namespace_is_unknown_in_every_other()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna Lindqvist", "person", "likes lavender tea");
        await memory.CreateAsync("Nordlys", "organization");
        await memory.RelateAsync("Anna Lindqvist", "Nordlys", "works_at");
        var work = memory.In("work");
        foreach (
            var (tool, arguments) in ((string, string)[])
                [
                    ("read_graph", "{}"),
                    ("search_nodes", """{"query":"lavender"}"""),
                    ("search_nodes", """{"query":"Ana Lindquist"}"""),
                    ("search_nodes", """{"query":""}"""),
                    ("search_nodes", """{"query":"a","relation":"works_at"}"""),
                    ("open_nodes", """{"names":["Anna Lindqvist","Ana Lindqvist"]}"""),
                    ("export_graph", "{}"),
                    ("list_entities", "{}"),
                    ("find_duplicates", "{}"),
                    ("recent_changes", "{}"),
                    ("entity_history", """{"entityName":"Anna Lindqvist"}"""),
                    ("get_neighbors", """{"name":"Nordlys"}"""),
                    ("find_path", """{"from":"Anna Lindqvist","to":"Nordlys"}"""),
                    ("undo_changes", "{}"),
                    ("undo_changes", """{"call":1}"""),
                    ("delete_entities", """{"entityNames":["Ana Lindqvist","Nordlys"]}"""),
                    ("delete_observations", """{"deletions":[{"entityName":"Anna Lindqvist","observations":["likes lavender tea"]}]}"""),
                    ("delete_relations", """{"relations":[{"from":"Anna Lindqvist","to":"Nordlys","relationType":"works_at"}]}"""),
                    ("add_observations", """{"observations":[{"entityName":"Nordlys","contents":["x"]}]}"""),
                    ("create_relations", """{"relations":[{"from":"Nordlys","to":"Nordlys","relationType":"is"}]}"""),
                    ("update_observations", """{"updates":[{"entityName":"Nordlys","oldObservation":"","newObservation":"x"}]}"""),
                    ("rename_entity", """{"from":"Nordlys","to":"X"}"""),
                    ("merge_entities", """{"from":["Nordlys"],"into":"Anna Lindqvist"}"""),
                    ("set_entity_type", """{"entityName":"Nordlys","entityType":"x"}"""),
                ]
        )
        {
            var answer = await work.CallAsync(tool, arguments);
            var foreign = ((string[])["lavender", "works_at", "organization", "did you mean", "Did you mean", "didYouMean"]).Where(text =>
                !arguments.Contains(text, StringComparison.Ordinal) && answer.Body.Contains(text, StringComparison.Ordinal)
            );
            Assert.Empty(foreign.Select(text => $"{tool} {arguments}: {text}"));
        }

        var created = await work.CreateAsync("Anna Lindquist", "person", "hates tea");
        Assert.Null(created.Structured!["similar"]);
        Assert.Equal(["Anna Lindquist"], (await work.CallAsync("read_graph", "{}")).Names);
        Assert.Equal(["Anna Lindqvist", "Nordlys"], (await memory.CallAsync("read_graph", "{}")).Names);
        Assert.Equal(["Anna Lindqvist"], await memory.SearchAsync("tea"));
        Assert.Equal(["likes lavender tea"], (await memory.In("default").CallAsync("read_graph", "{}")).Observations);
    }

    [Fact]
    public async Task A_namespace_has_the_addresses_that_choose_of_its_tools_and_its_case_does_not_matter()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.In("Work-1").CreateAsync("A");
        Assert.Equal(["A"], (await memory.In("work-1/readonly").CallAsync("read_graph", "{}")).Names);
        Assert.Equal(["A"], (await memory.In("WORK-1/x/all").CallAsync("read_graph", "{}")).Names);
        Assert.Contains(
            "Unknown tool",
            await memory.In("work-1/readonly").RawAsync("create_entities", """{"entities":[]}"""),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "The namespace 'wörk' has no usable name",
            (await memory.In("w%C3%B6rk").CallAsync("read_graph", "{}")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task In_a_session_the_path_counts_as_well()
    {
        await using var memory = await MemoryGateway.StartAsync(("MCP_SESSIONS", "hybrid"));
        await using var home = await ConnectAsync(memory.Gateway, "/mcp");
        await using var work = await ConnectAsync(memory.Gateway, "/mcp/n/work");
        await CreateAsync(home, "Home");
        await CreateAsync(work, "Work");
        Assert.Contains("\"Home\"", await ReadAsync(home), StringComparison.Ordinal);
        Assert.DoesNotContain("\"Work\"", await ReadAsync(home), StringComparison.Ordinal);
        Assert.DoesNotContain("\"Home\"", await ReadAsync(work), StringComparison.Ordinal);
    }

    private static Task<McpClient> ConnectAsync(Gateway gateway, string path) =>
        McpClient.CreateAsync(
            new HttpClientTransport(new() { Endpoint = new Uri(gateway.Http.BaseAddress!, path) }),
            cancellationToken: TestContext.Current.CancellationToken
        );

    private static async Task CreateAsync(McpClient client, string name) =>
        await client.CallToolAsync(
            "create_entities",
            new Dictionary<string, object?>
            {
                ["entities"] = JsonSerializer.SerializeToElement(
                    new[]
                    {
                        new
                        {
                            name,
                            entityType = "t",
                            observations = Array.Empty<string>(),
                        },
                    }
                ),
            },
            cancellationToken: TestContext.Current.CancellationToken
        );

    private static async Task<string> ReadAsync(McpClient client) =>
        JsonSerializer.Serialize(
            (await client.CallToolAsync("read_graph", cancellationToken: TestContext.Current.CancellationToken)).StructuredContent
        );
}
