namespace Memory.Specs.Tools;

public sealed class RelationSpecs
{
    [Fact]
    public async Task A_relation_is_stored_once_also_when_given_twice()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        var twice = await memory.CallAsync(
            "create_relations",
            """
            {"relations":[{"from":"A","to":"A","relationType":"likes"},{"from":"A","to":"A","relationType":"likes"}]}
            """
        );
        Assert.Equal("""[{"from":"A","to":"A","relationType":"likes"}]""", twice.Text);
        Assert.Equal("""{"relations":[{"from":"A","to":"A","relationType":"likes"}]}""", twice.Structured!.ToJsonString());
        Assert.Equal("[]", (await memory.RelateAsync("A", "A", "likes")).Text);
        Assert.Equal(["A likes A"], (await memory.CallAsync("read_graph", "{}")).Relations);
    }

    [Fact]
    public async Task A_missing_end_refuses_the_whole_call()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        var answer = await memory.CallAsync(
            "create_relations",
            """
            {"relations":[{"from":"A","to":"A","relationType":"likes"},{"from":"A","to":"Nope","relationType":"likes"}]}
            """
        );
        Assert.True(answer.IsError);
        Assert.Equal("Entity with name Nope not found", answer.Text);
        Assert.Empty((await memory.CallAsync("read_graph", "{}")).Relations);
    }

    [Fact]
    public async Task A_missing_end_is_accepted_where_the_operator_allows_it_and_read_graph_shows_it()
    {
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_ALLOW_DANGLING_RELATIONS", "true"));
        await memory.CreateAsync("A");
        await memory.RelateAsync("X", "Y", "haunts");
        await memory.RelateAsync("A", "Y", "fears");
        Assert.Equal(["X haunts Y", "A fears Y"], (await memory.CallAsync("read_graph", "{}")).Relations);
        Assert.Equal(["A fears Y"], (await memory.CallAsync("open_nodes", """{"names":["A"]}""")).Relations);
    }

    [Fact]
    public async Task Only_the_exact_triple_is_deleted()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        await memory.CreateAsync("B");
        await memory.RelateAsync("A", "B", "knows");
        await memory.RelateAsync("A", "B", "Knows");
        var deleted = await memory.CallAsync(
            "delete_relations",
            """
            {"relations":[{"from":"A","to":"B","relationType":"knows"}]}
            """
        );
        Assert.Equal("Relations deleted successfully", deleted.Text);
        Assert.Equal("""{"success":true,"message":"Relations deleted successfully"}""", deleted.Structured!.ToJsonString());
        Assert.Equal(["A Knows B"], (await memory.CallAsync("read_graph", "{}")).Relations);
    }

    [Fact]
    public async Task Opening_an_entity_shows_its_edges_to_entities_outside_the_answer()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        await memory.CreateAsync("B");
        await memory.CreateAsync("C");
        await memory.RelateAsync("A", "B", "knows");
        await memory.RelateAsync("C", "A", "knows");
        await memory.RelateAsync("C", "B", "knows");
        var opened = await memory.CallAsync("open_nodes", """{"names":["A"]}""");
        Assert.Equal(["A"], opened.Names);
        Assert.Equal(["A knows B", "C knows A"], opened.Relations);
    }

    [Fact]
    public async Task Neighbours_come_by_distance_type_and_direction_and_a_path_is_the_shortest()
    {
        await using var memory = await MemoryGateway.StartAsync();
        foreach (var name in (string[])["A", "B", "C", "D"])
        {
            await memory.CreateAsync(name);
        }

        await memory.RelateAsync("A", "B", "knows");
        await memory.RelateAsync("B", "C", "works_with");
        await memory.RelateAsync("D", "A", "knows");
        Assert.Equal(["B", "D"], (await memory.CallAsync("get_neighbors", """{"name":"A"}""")).Names.Order());
        Assert.Equal(["B", "D", "C"], (await memory.CallAsync("get_neighbors", """{"name":"A","depth":2}""")).Names);
        Assert.Equal(["B"], (await memory.CallAsync("get_neighbors", """{"name":"A","direction":"out"}""")).Names);
        Assert.Equal(["C"], (await memory.CallAsync("get_neighbors", """{"name":"B","relationTypes":["works with"]}""")).Names);
        Assert.Equal(["C"], (await memory.CallAsync("get_neighbors", """{"name":"B","types":["works with"]}""")).Names);
        var path = await memory.CallAsync("find_path", """{"from":"D","to":"C"}""");
        Assert.Equal(["D knows A", "A knows B", "B works_with C"], path.Relations);
        Assert.Null(path.Structured!["hint"]);
        await memory.CreateAsync("Alone");
        foreach (
            var (arguments, hint) in new[]
            {
                ("""{"from":"D","to":"C","maxDepth":2}""", "No path of 2 relations or fewer: raise maxDepth, up to 10."),
                ("""{"from":"D","to":"Alone","maxDepth":0}""", "No relations lead from 'D' to 'Alone', however many."),
            }
        )
        {
            var none = await memory.CallAsync("find_path", arguments);
            Assert.False((bool)none.Structured!["found"]!);
            Assert.Equal(hint, (string?)none.Structured["hint"]);
        }

        Assert.Contains(
            "direction: \"up\" is not one of out, in, both.",
            (await memory.CallAsync("get_neighbors", """{"name":"A","direction":"up"}""")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Relations_that_exist_already_are_counted()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        await memory.CreateAsync("B");
        Assert.Null((await memory.RelateAsync("A", "B", "knows")).Structured!["existing"]);
        const string Again =
            """{"relations":[{"from":"A","to":"B","relationType":"knows"},{"from":"B","to":"A","relationType":"knows"},{"from":"B","to":"A","relationType":"knows"}]}""";
        var created = await memory.CallAsync("create_relations", Again);
        Assert.Equal(["B knows A"], created.Relations);
        Assert.Equal(1, (int?)created.Structured!["existing"]);
        Assert.Contains("1 of 2 existed already: nothing was stored for these.", created.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_relations_but_none_of_the_types_asked_for_is_shown_with_its_types()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        await memory.CreateAsync("B");
        await memory.CreateAsync("Alone");
        await memory.RelateAsync("A", "B", "knows");
        await memory.RelateAsync("A", "B", "employs");
        const string Hint = "'A' has relations, but none of these types in this direction. Their types: employs, knows";
        Assert.Equal(Hint, await HintAsync("""{"name":"A","relationTypes":["married to"]}"""));
        Assert.Equal(Hint, await HintAsync("""{"name":"A","direction":"in"}"""));
        Assert.Null(await HintAsync("""{"name":"A"}"""));
        Assert.Null(await HintAsync("""{"name":"Alone","relationTypes":["knows"]}"""));

        async Task<string?> HintAsync(string arguments) =>
            (string?)(await memory.CallAsync("get_neighbors", arguments)).Structured!["hint"];
    }
}
