namespace Memory.Specs.Tools;

/// <summary>What was changed is listed, and taken back whole.</summary>
public sealed class UndoSpecs
{
    [Fact]
    public async Task Merged_entities_are_one_with_all_facts_and_relations_and_an_undo_parts_them_again()
    {
        await using var memory = await Lindqvist.StartAsync();
        await memory.CreateAsync("A. Lindqvist", "contact", "plays chess", "is afraid of flying");
        await memory.RelateAsync("Nordlys", "A. Lindqvist", "employs");
        await memory.RelateAsync("A. Lindqvist", "Anna Lindqvist", "same_as");
        var before = await memory.ExportAsync();
        Assert.False((await memory.CallAsync("merge_entities", """{"from":["A. Lindqvist"],"into":"Anna Lindqvist"}""")).IsError);
        var merged = await memory.CallAsync("open_nodes", """{"names":["Anna Lindqvist"]}""");
        Assert.Equal(["likes lavender tea and dark chocolate", "is afraid of flying", "plays chess"], merged.Observations);
        Assert.Equal(["Anna Lindqvist works_at Nordlys", "Nordlys employs Anna Lindqvist"], merged.Relations);
        Assert.False((await memory.CallAsync("undo_changes", "{}")).IsError);
        Assert.Equal(before.Order(), (await memory.ExportAsync()).Order());
    }

    [Fact]
    public async Task An_undo_of_an_undo_of_a_merge_merges_again_and_the_next_one_parts_them()
    {
        await using var memory = await Lindqvist.StartAsync();
        await memory.CreateAsync("A. Lindqvist", "contact", "plays chess", "is afraid of flying");
        await memory.RelateAsync("Nordlys", "A. Lindqvist", "employs");
        await memory.RelateAsync("A. Lindqvist", "Anna Lindqvist", "same_as");
        var apart = await memory.ExportAsync();
        await memory.CallAsync("merge_entities", """{"from":["A. Lindqvist"],"into":"Anna Lindqvist"}""");
        var merged = await memory.ExportAsync();
        foreach (var expected in (string[][])[apart, merged, apart])
        {
            var undone = await memory.CallAsync("undo_changes", "{}");
            Assert.Empty(undone.Structured!["skipped"]!.AsArray());
            Assert.Equal(expected.Order(), (await memory.ExportAsync()).Order());
        }
    }

    [Fact]
    public async Task An_undo_brings_a_deleted_entity_back_whole_and_an_undo_of_the_undo_deletes_it_again()
    {
        await using var memory = await Lindqvist.StartAsync();
        var before = await memory.ExportAsync();
        await memory.CallAsync("delete_entities", """{"entityNames":["Anna Lindqvist"]}""");
        var undone = await memory.CallAsync("undo_changes", "{}");
        Assert.Empty(undone.Structured!["skipped"]!.AsArray());
        Assert.Equal(before.Order(), (await memory.ExportAsync()).Order());
        Assert.Equal(["Anna Lindqvist"], await memory.SearchAsync("lavender"));
        await memory.CallAsync("undo_changes", "{}");
        Assert.Equal(["Nordlys"], (await memory.CallAsync("read_graph", "{}")).Names);
        Assert.Contains(
            "call=4711 is not the number",
            (await memory.CallAsync("undo_changes", """{"call":4711}""")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_undo_of_a_creation_leaves_an_entity_that_others_have_added_to()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A", "t", "x");
        await memory.CallAsync("add_observations", """{"observations":[{"entityName":"A","contents":["y"]}]}""");
        var undone = await memory.CallAsync("undo_changes", """{"call":1}""");
        Assert.Single(undone.Structured!["skipped"]!.AsArray());
        Assert.Equal(["x", "y"], (await memory.CallAsync("read_graph", "{}")).Observations);
    }

    [Fact]
    public async Task An_undo_of_a_creation_leaves_an_entity_that_has_got_relations_since()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A", "t", "x");
        await memory.CreateAsync("B");
        await memory.RelateAsync("A", "B", "knows");
        var undone = await memory.CallAsync("undo_changes", """{"call":1}""");
        Assert.Single(undone.Structured!["skipped"]!.AsArray());
        Assert.Equal(["A knows B"], (await memory.CallAsync("read_graph", "{}")).Relations);
    }

    [Fact]
    public async Task An_undo_of_a_renaming_leaves_both_where_the_old_name_is_in_use_again()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A", "t", "first");
        await memory.CallAsync("rename_entity", """{"from":"A","to":"B"}""");
        await memory.CreateAsync("A", "t", "second");
        var undone = await memory.CallAsync("undo_changes", """{"call":2}""");
        Assert.False(undone.IsError, undone.Text);
        Assert.Contains("A is in use again", (string?)Assert.Single(undone.Structured!["skipped"]!.AsArray()), StringComparison.Ordinal);
        Assert.Equal(["B", "A"], (await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Fact]
    public async Task Changes_are_listed_newest_first_by_call_and_an_entitys_history_follows_its_names()
    {
        await using var memory = await Lindqvist.StartAsync();
        await memory.CallAsync("set_entity_type", """{"entityName":"Nordlys","entityType":"institute"}""");
        await memory.CallAsync("rename_entity", """{"from":"Nordlys","to":"Polaris"}""");
        var recent = await memory.CallAsync("recent_changes", """{"limit":2}""");
        Assert.Equal(["rename_entity", "set_entity_type"], recent.Structured!["items"]!.AsArray().Select(c => (string?)c!["operation"]));
        Assert.Equal("anonymous", (string?)recent.Structured["items"]![0]!["by"]);
        var next = await memory.CallAsync("recent_changes", new { cursor = recent.NextCursor });
        Assert.Equal("create_relation", (string?)next.Structured!["items"]![0]!["operation"]);
        var history = await memory.CallAsync("entity_history", """{"entityName":"Polaris"}""");
        Assert.Equal(
            ["rename_entity", "set_entity_type", "create_entity"],
            history.Structured!["items"]!.AsArray().Select(c => (string?)c!["operation"])
        );
        Assert.Empty((await memory.CallAsync("recent_changes", """{"since":"2999-01-01"}""")).Structured!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("rename_entity", """{"from":"First","to":"Second"}""")]
    [InlineData("delete_entities", """{"entityNames":["First"]}""")]
    public async Task A_history_is_whole_over_its_pages_and_of_no_other_that_was_renamed(string tool, string arguments)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("First", "t", "of the first");
        await memory.CallAsync("set_entity_type", """{"entityName":"First","entityType":"u"}""");
        await memory.CallAsync(tool, arguments);
        await memory.CreateAsync("First", "t", "of another");
        var isRenamed = tool == "rename_entity";
        foreach (
            var (name, expected) in ((string, string[])[])
                [
                    ("First", isRenamed ? ["create_entity"] : ["create_entity", "delete_entity", "set_entity_type", "create_entity"]),
                    ("Second", isRenamed ? ["rename_entity", "set_entity_type", "create_entity"] : []),
                ]
        )
        {
            foreach (var limit in expected.Length == 0 ? [] : (int[])[1, 2, 20])
            {
                var pages = await memory.ReadAllAsync("entity_history", new { entityName = name, limit });
                Assert.Equal(
                    expected,
                    pages.SelectMany(page => page.Structured!["items"]!.AsArray()).Select(c => (string?)c!["operation"])
                );
            }
        }
    }

    [Fact]
    public async Task A_call_is_taken_back_under_the_name_that_its_entity_has_by_now()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna", "person", "likes tea");
        await memory.CreateAsync("Acme", "company");
        await memory.CallAsync("add_observations", """{"observations":[{"entityName":"Anna","contents":["likes dogs"]}]}""");
        await memory.RelateAsync("Anna", "Acme", "works_at");
        await memory.CallAsync("delete_observations", """{"deletions":[{"entityName":"Anna","observations":["likes tea"]}]}""");
        await memory.CallAsync("set_entity_type", """{"entityName":"Anna","entityType":"robot"}""");
        var before = await memory.ExportAsync();
        await memory.CallAsync("rename_entity", """{"from":"Anna","to":"Anna Voss"}""");
        await memory.CallAsync("rename_entity", """{"from":"Acme","to":"Acme Ltd"}""");
        await memory.CreateAsync("Anna", "person", "likes dogs");

        foreach (var call in new[] { 6, 5, 4, 3 })
        {
            Assert.Empty((await memory.CallAsync("undo_changes", new { call })).Structured!["skipped"]!.AsArray());
        }

        var graph = await memory.CallAsync("read_graph", "{}");
        Assert.Equal(["Anna Voss", "Acme Ltd", "Anna"], graph.Names);
        Assert.Equal(["likes tea", "likes dogs"], graph.Observations);
        Assert.Equal("person", (string?)graph.Structured!["entities"]![0]!["entityType"]);
        Assert.Empty(graph.Relations);
        // What was taken back is taken back itself, under the same names.
        for (var i = 0; i < 4; i++)
        {
            Assert.Empty((await memory.CallAsync("undo_changes", new { call = 10 + i })).Structured!["skipped"]!.AsArray());
        }

        Assert.Equal(
            before.Select(line =>
                line.Replace("\"Anna\"", "\"Anna Voss\"", StringComparison.Ordinal).Replace("Acme", "Acme Ltd", StringComparison.Ordinal)
            ),
            (await memory.ExportAsync()).Where(line => !line.Contains("\"Anna\"", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task What_has_another_name_or_type_by_now_is_not_given_its_former_one()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A", "t");
        await memory.CallAsync("rename_entity", """{"from":"A","to":"B"}""");
        await memory.CallAsync("rename_entity", """{"from":"B","to":"C"}""");
        await memory.CallAsync("set_entity_type", """{"entityName":"C","entityType":"u"}""");
        await memory.CallAsync("set_entity_type", """{"entityName":"C","entityType":"v"}""");
        Assert.Equal("not renamed B back to A: it is called C by now: use rename_entity", await SkippedAsync(2));
        Assert.Equal("not made C a t again: it is gone, or another type by now: use set_entity_type", await SkippedAsync(4));
        Assert.Equal("v", (string?)(await memory.CallAsync("read_graph", "{}")).Structured!["entities"]![0]!["entityType"]);

        async Task<string?> SkippedAsync(int call) =>
            (string?)Assert.Single((await memory.CallAsync("undo_changes", new { call })).Structured!["skipped"]!.AsArray());
    }

    [Fact]
    public async Task How_many_calls_to_undo_is_not_which()
    {
        await using var memory = await Lindqvist.StartAsync();
        var before = await memory.ExportAsync();
        Assert.Contains(
            "calls: unknown argument. Did you mean call?",
            (await memory.CallAsync("undo_changes", """{"calls":1}""")).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await memory.ExportAsync());
    }

    [Fact]
    public async Task Who_does_not_say_which_call_takes_nothing_of_another_caller_back()
    {
        await using var memory = await MemoryGateway.StartAsync(
            ("MCP_BEARER_TOKENS", "claude=a-token-of-claude-01,n8n=a-token-of-n8n-0002")
        );
        await CreateAsync("a-token-of-claude-01", "Mara");
        await CreateAsync("a-token-of-n8n-0002", "Acme");
        var refused = await CallAsync("a-token-of-claude-01", "undo_changes", "{}");
        Assert.True(refused.IsError);
        Assert.StartsWith(
            "The last change (create_entity, Acme) is by 'n8n' and not by you: give call=2 ",
            refused.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(["Mara", "Acme"], (await CallAsync("a-token-of-claude-01", "read_graph", "{}")).Names);
        Assert.False((await CallAsync("a-token-of-n8n-0002", "undo_changes", "{}")).IsError);
        Assert.False((await CallAsync("a-token-of-claude-01", "undo_changes", """{"call":1}""")).IsError);
        Assert.Empty((await CallAsync("a-token-of-claude-01", "read_graph", "{}")).Names);

        Task<ToolAnswer> CreateAsync(string token, string name) =>
            CallAsync(token, "create_entities", $$"""{"entities":[{"name":"{{name}}","entityType":"t","observations":[]}]}""");

        async Task<ToolAnswer> CallAsync(string token, string tool, string arguments)
        {
            using var response = await memory.Gateway.PostAsync(
                $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}} } }""",
                token
            );
            return ToolAnswer.Of(await response.Content.ReadAsStringAsync());
        }
    }
}
