using System.Text.Json.Nodes;
using NJsonSchema;

namespace Memory.Specs.Tools;

/// <summary>What the tools promise, against what the official server promises and against what they answer.</summary>
public sealed class ContractSpecs
{
    [Fact]
    public async Task The_nine_official_tools_are_there_with_their_inputs_hints_and_required_outputs()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var tools = await ListToolsAsync(memory);
        foreach (var (name, title, required, outputs, readOnly, destructive, idempotent) in OfficialTools)
        {
            var tool = tools[name];
            Assert.Equal(title, (string?)tool["title"]);
            Assert.Equal(required, Required(tool["inputSchema"]!));
            Assert.Equal(outputs, Required(tool["outputSchema"]!).Where(o => outputs.Contains(o)));
            Assert.Equal(
                (readOnly, destructive, idempotent, false),
                (Hint(tool, "readOnly"), Hint(tool, "destructive"), Hint(tool, "idempotent"), Hint(tool, "openWorld"))
            );
            Assert.False(string.IsNullOrEmpty((string?)tool["description"]));
            Assert.DoesNotContain("\"additionalProperties\":false", tool["outputSchema"]!.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal(["name", "entityType", "observations"], Required(Items(tools["create_entities"], "entities")));
        Assert.Equal(["from", "to", "relationType"], Required(Items(tools["create_relations"], "relations")));
        Assert.Equal(["from", "to", "relationType"], Required(Items(tools["delete_relations"], "relations")));
        Assert.Equal(["entityName", "contents"], Required(Items(tools["add_observations"], "observations")));
        Assert.Equal(["entityName", "observations"], Required(Items(tools["delete_observations"], "deletions")));
        Assert.Equal("string", (string?)Items(tools["open_nodes"], "names")["type"]);
    }

    [Fact]
    public async Task Every_answer_matches_the_schema_its_tool_promises()
    {
        await using var memory = await MemoryGateway.StartAsync(("ANSWER_TOKENS", "4000"));
        var schemas = new Dictionary<string, JsonSchema>();
        foreach (var (name, tool) in (await ListToolsAsync(memory)).Where(tool => tool.Key is not ("read_more" or "show_activity")))
        {
            schemas[name] = await JsonSchema.FromJsonAsync(tool["outputSchema"]!.ToJsonString(), TestContext.Current.CancellationToken);
        }

        foreach (
            var (tool, arguments) in ((string, string)[])
                [
                    ("read_graph", "{}"),
                    (
                        "create_entities",
                        """{"entities":[{"name":"A","entityType":"t","observations":["x"]},{"name":"B","entityType":"t","observations":[]}]}"""
                    ),
                    (
                        "create_entities",
                        """{"entities":[{"name":"Large","entityType":"t","observations":["LARGE1","LARGE2"]}]}""".Replace(
                            "LARGE",
                            string.Concat(Enumerable.Repeat("Zürich ", 300)),
                            StringComparison.Ordinal
                        )
                    ),
                    ("create_relations", """{"relations":[{"from":"A","to":"B","relationType":"r"}]}"""),
                    ("add_observations", """{"observations":[{"entityName":"A","contents":["y"]}]}"""),
                    ("read_graph", "{}"),
                    ("search_nodes", """{"query":"y"}"""),
                    ("search_nodes", """{"query":"none"}"""),
                    ("open_nodes", """{"names":["Large"]}"""),
                    ("open_nodes", """{"names":[]}"""),
                    ("export_graph", "{}"),
                    ("delete_observations", """{"deletions":[{"entityName":"A","observations":["y"]}]}"""),
                    ("delete_relations", """{"relations":[{"from":"A","to":"B","relationType":"r"}]}"""),
                    ("delete_entities", """{"entityNames":["A"]}"""),
                ]
        )
        {
            var answer = await memory.CallAsync(tool, arguments);
            Assert.False(answer.IsError, answer.Text);
            Assert.Empty(schemas[tool].Validate(answer.Structured!.ToJsonString()).Select(e => $"{tool}: {e}"));
        }
    }

    [Fact]
    public async Task The_text_of_a_reading_tool_is_its_structured_content()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Zoë", "person", "likes Tea");
        foreach (
            var (tool, arguments) in ((string, string)[])
                [("read_graph", "{}"), ("search_nodes", """{"query":"tea"}"""), ("open_nodes", """{"names":["Zoë"]}""")]
        )
        {
            var answer = await memory.CallAsync(tool, arguments);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(answer.Text), answer.Structured));
            Assert.Contains("Zoë", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Arguments_may_be_absent_for_read_graph_and_nulls_mean_unset()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        using var response = await memory.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_graph"}}"""
        );
        Assert.Contains("\"A\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(
            ["A"],
            (await memory.CallAsync("search_nodes", """{"query":"a","limit":null,"cursor":null,"toolCallId":"x"}""")).Names
        );
    }

    [Fact]
    public async Task A_model_is_told_how_to_use_the_memory_by_instructions_and_a_prompt()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await using var client = await memory.Gateway.ConnectAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("search_nodes", client.ServerInstructions, StringComparison.Ordinal);
        var prompts = await client.ListPromptsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["import_conversation", "tidy_memory", "use_memory"], prompts.Select(p => p.Name).Order());
        var prompt = prompts.Single(p => p.Name == "use_memory");
        var told = await prompt.GetAsync(
            new Dictionary<string, object?> { ["topic"] = "Anna's move" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        var guidance = ((ModelContextProtocol.Protocol.TextContentBlock)told.Messages[0].Content).Text;
        Assert.Contains("search_nodes for \"Anna's move\"", guidance, StringComparison.Ordinal);
        // Conversations agree on one entity for the person, by the name that graphs of the official server have for it.
        Assert.All([client.ServerInstructions!, guidance], text => Assert.Contains("default_user", text, StringComparison.Ordinal));
        // No tool is spoken of that is not there.
        var tools = (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken))
            .Select(tool => tool.Name)
            .ToHashSet();
        var others = new List<string>();
        foreach (var other in prompts.Where(p => p.Name != "use_memory"))
        {
            var message = (await other.GetAsync(cancellationToken: TestContext.Current.CancellationToken)).Messages[0];
            others.Add(((ModelContextProtocol.Protocol.TextContentBlock)message.Content).Text);
        }

        var named = System
            .Text.RegularExpressions.Regex.Matches(
                client.ServerInstructions + guidance + string.Concat(others),
                "\\b(create|add|delete|read|search|open|export|update|merge|rename|set|find|list|undo)_[a-z_]+"
            )
            .Select(match => match.Value);
        Assert.Empty(named.Except(tools));
    }

    [Fact]
    [Trait("store", "own")]
    public async Task Every_change_is_logged_with_who_made_it_and_what_was_there_before()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A", "t", "x");
        await memory.RelateAsync("A", "A", "is");
        await memory.CallAsync("delete_entities", """{"entityNames":["A"]}""");
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={memory.File};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT by || ' ' || operation || ' ' || subject || ' ' || coalesce(before, '-') || ' ' || coalesce(after, '-') FROM log ORDER BY seq";
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var log = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            log.Add(rows.GetString(0));
        }

        Assert.Equal(
            [
                """anonymous create_entity A - {"name":"A","entityType":"t","observations":["x"]}""",
                """anonymous create_relation A - {"from":"A","to":"A","relationType":"is"}""",
                """anonymous delete_relation A {"from":"A","to":"A","relationType":"is","id":1,"created":"TIME"} -""",
                """anonymous delete_entity A {"name":"A","entityType":"t","observations":[{"text":"x","at":"TIME","id":1048578}],"id":1,"created":"TIME"} -""",
            ],
            log.Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\"20[^\"]+Z\"", "\"TIME\""))
        );
    }

    private static readonly (
        string Name,
        string Title,
        string[] Required,
        string[] Outputs,
        bool ReadOnly,
        bool Destructive,
        bool Idempotent
    )[] OfficialTools =
    [
        ("create_entities", "Create Entities", ["entities"], ["entities"], false, false, false),
        ("create_relations", "Create Relations", ["relations"], ["relations"], false, false, false),
        ("add_observations", "Add Observations", ["observations"], ["results"], false, false, false),
        ("delete_entities", "Delete Entities", ["entityNames"], ["success", "message"], false, true, true),
        ("delete_observations", "Delete Observations", ["deletions"], ["success", "message"], false, true, true),
        ("delete_relations", "Delete Relations", ["relations"], ["success", "message"], false, true, true),
        ("read_graph", "Read Graph", [], ["entities", "relations"], true, false, true),
        ("search_nodes", "Search Nodes", ["query"], ["entities", "relations"], true, false, true),
        ("open_nodes", "Open Nodes", ["names"], ["entities", "relations"], true, false, true),
    ];

    private static async Task<Dictionary<string, JsonNode>> ListToolsAsync(MemoryGateway memory)
    {
        using var response = await memory.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            configure: request => request.Headers.Accept.ParseAdd("application/json")
        );
        var tools = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!["tools"]!.AsArray();
        return tools.ToDictionary(t => (string)t!["name"]!, t => t!);
    }

    private static string[] Required(JsonNode schema) => [.. schema["required"]?.AsArray().Select(r => (string)r!) ?? []];

    private static JsonNode Items(JsonNode tool, string property) => tool["inputSchema"]!["properties"]![property]!["items"]!;

    private static bool Hint(JsonNode tool, string hint) => (bool)tool["annotations"]![$"{hint}Hint"]!;
}
