using System.Text.Json;

namespace Memory.Specs.Tools;

public sealed class EntitySpecs
{
    [Fact]
    public async Task A_new_entity_comes_back_and_can_be_opened()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var created = await memory.CreateAsync("Anna", "person", "likes Tea");
        Assert.Equal("""[{"name":"Anna","entityType":"person","observations":["likes Tea"]}]""", created.Text);
        Assert.Equal(
            """{"entities":[{"name":"Anna","entityType":"person","observations":["likes Tea"]}]}""",
            created.Structured!.ToJsonString()
        );
        Assert.Equal(["likes Tea"], (await memory.CallAsync("open_nodes", new { names = new[] { "Anna" } })).Observations);
    }

    [Fact]
    public async Task An_existing_name_is_skipped_and_what_is_stored_stays_as_it_is()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna", "person", "likes Tea");
        var again = await memory.CreateAsync("Anna", "robot", "rusts");
        Assert.Equal("[]", again.Text);
        Assert.StartsWith(
            """[{"name":"Anna","entityType":"person","observations":["likes Tea"],""",
            (await memory.CallAsync("read_graph", "{}")).Structured!["entities"]!.ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_name_or_observation_given_twice_in_one_call_is_stored_once()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var created = await memory.CallAsync(
            "create_entities",
            """
            {"entities":[{"name":"A","entityType":"t","observations":["x","x"]},{"name":"A","entityType":"u","observations":["y"]}]}
            """
        );
        Assert.Equal("""[{"name":"A","entityType":"t","observations":["x"]}]""", created.Text);
        // What the second one brings is not stored, which is told.
        Assert.Equal("A", (string?)Assert.Single(created.Structured!["existing"]!.AsArray()));
        Assert.Equal(["A"], (await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Fact]
    public async Task Entities_of_one_call_keep_what_they_share_and_what_they_do_not()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var large = new string('x', 10_000);
        await memory.CallAsync(
            "create_entities",
            new
            {
                entities = new[]
                {
                    new
                    {
                        name = "A",
                        entityType = "t",
                        observations = new[] { "one", "two" },
                    },
                    new
                    {
                        name = "B",
                        entityType = "t",
                        observations = new[] { large, "two" },
                    },
                    new
                    {
                        name = "C",
                        entityType = "t",
                        observations = new[] { "one", "two" },
                    },
                    new
                    {
                        name = "D",
                        entityType = "",
                        observations = new[] { "", "one" },
                    },
                },
            }
        );
        var stored = (await memory.CallAsync("open_nodes", """{"names":["A","B","C","D"]}""")).Structured!["entities"]!.AsArray();
        Assert.Equal(["A t", "B t", "C t", "D "], stored.Select(entity => $"{entity!["name"]} {entity["entityType"]}"));
        Assert.Equal(
            ["one two", $"{large} two", "one two", " one"],
            stored.Select(entity => string.Join(' ', entity!["observations"]!.AsArray()))
        );
    }

    [Theory]
    [InlineData("a", "A")]
    [InlineData("A", " A ")]
    [InlineData("__proto__", "constructor")]
    [InlineData("é", "e\u0301")]
    [InlineData("100%", "100_")]
    [InlineData("😀", "'; DROP TABLE entity; --")]
    public async Task Names_are_kept_exactly_and_differ_by_every_character(string one, string other)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync(one);
        await memory.CreateAsync(other);
        Assert.Equal([one, other], (await memory.CallAsync("read_graph", "{}")).Names);
        Assert.Equal([other], (await memory.CallAsync("open_nodes", new { names = new[] { other } })).Names);
    }

    [Fact]
    public async Task An_empty_list_an_empty_type_and_an_empty_observation_are_fine_and_what_clients_add_is_dropped()
    {
        await using var memory = await MemoryGateway.StartAsync();
        Assert.Equal("[]", (await memory.CallAsync("create_entities", """{"entities":[]}""")).Text);
        var created = await memory.CallAsync(
            "create_entities",
            """{"entities":[{"name":"A","entityType":"","observations":[""],"type":"entity"}],"toolCallId":"n8n"}"""
        );
        Assert.Equal("""[{"name":"A","entityType":"","observations":[""]}]""", created.Text);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("{}")]
    public async Task A_field_of_a_form_that_was_left_empty_is_no_observation(string empty)
    {
        await using var memory = await MemoryGateway.StartAsync();
        var created = await memory.CallAsync(
            "create_entities",
            $$"""{"entities":[{"name":"A","entityType":"t","observations":{{empty}} }]}"""
        );
        Assert.Equal("""[{"name":"A","entityType":"t","observations":[]}]""", created.Text);
        var added = await memory.CallAsync("add_observations", $$"""{"observations":[{"entityName":"A","contents":{{empty}} }]}""");
        Assert.True(added.IsError, added.Text);
        Assert.Contains("observations[0].contents", added.Text, StringComparison.Ordinal);
        Assert.Empty((await memory.CallAsync("read_graph", "{}")).Observations);
    }

    [Fact]
    public async Task An_entity_may_be_without_a_type_by_every_way()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna", "person", "likes tea");
        Assert.Equal("Anna is without a type now", (await SetTypeAsync("")).Text);
        Assert.Equal("Anna is without a type already", (await SetTypeAsync("")).Text);
        Assert.Equal([""], await TypesAsync());
        Assert.Contains("made Anna a person again", (await memory.CallAsync("undo_changes", "{}")).Text, StringComparison.Ordinal);
        Assert.Equal(["person"], await TypesAsync());
        await SetTypeAsync("");
        Assert.Equal("Anna is a robot now", (await SetTypeAsync("robot")).Text);
        Assert.Contains("took the type of Anna away again", (await memory.CallAsync("undo_changes", "{}")).Text, StringComparison.Ordinal);
        await memory.CreateAsync("Ann", "person", "sings");
        await memory.CallAsync("merge_entities", """{"from":["Ann"],"into":"Anna"}""");
        Assert.Equal([""], await TypesAsync());
        Assert.False((await memory.RelateAsync("Anna", "Anna", "")).IsError);
        Assert.Contains("\"entityType\":\"\"", (await memory.ExportAsync())[0], StringComparison.Ordinal);

        Task<ToolAnswer> SetTypeAsync(string entityType) => memory.CallAsync("set_entity_type", new { entityName = "Anna", entityType });
        async Task<string?[]> TypesAsync() =>
            [
                .. (await memory.CallAsync("read_graph", "{}")).Structured!["entities"]!
                    .AsArray()
                    .Select(entity => (string?)entity!["entityType"]),
            ];
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData("\u200B")]
    [InlineData("\u2060 \uFEFF")]
    public async Task A_name_that_does_not_show_is_refused_by_every_way(string name)
    {
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_ALLOW_DANGLING_RELATIONS", "true"));
        await memory.CreateAsync("Anna");
        foreach (
            var answer in (ToolAnswer[])
                [
                    await memory.CreateAsync(name),
                    await memory.CallAsync("rename_entity", new { from = "Anna", to = name }),
                    await memory.RelateAsync("Anna", name, "knows"),
                    await memory.RelateAsync(name, "Anna", "knows"),
                ]
        )
        {
            Assert.True(answer.IsError);
            Assert.Matches("(name|to|from) is (empty|blank)", answer.Text);
        }

        using var imported = await memory.Gateway.Http.PostAsync(
            new Uri("/import", UriKind.Relative),
            new StringContent(
                string.Join(
                    '\n',
                    JsonSerializer.Serialize(new { name, entityType = "t" }),
                    JsonSerializer.Serialize(
                        new
                        {
                            from = "Anna",
                            to = name,
                            relationType = "knows",
                        }
                    )
                )
            ),
            TestContext.Current.CancellationToken
        );
        var report = await imported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("line 1: name is blank", report, StringComparison.Ordinal);
        Assert.Contains("line 2: to is blank", report, StringComparison.Ordinal);
        var graph = await memory.CallAsync("read_graph", "{}");
        Assert.Equal(["Anna"], graph.Names);
        Assert.Empty(graph.Relations);
    }

    [Theory]
    [InlineData("""{"name":"","entityType":"t","observations":[]}""", "entities[1].name is empty. Example: \"name\": \"text\"")]
    [InlineData(
        """{"name":"A","entityType":"t","observations":["ok","\u0000x"]}""",
        "entities[1].observations[1] contains the character U+0000"
    )]
    [InlineData("""{"name":"A","entityType":"a\u0000b","observations":[]}""", "entities[1].entityType contains the character U+0000")]
    public async Task What_cannot_be_kept_is_refused_by_field_and_nothing_of_the_call_is_stored(string bad, string message)
    {
        await using var memory = await MemoryGateway.StartAsync();
        var answer = await memory.CallAsync(
            "create_entities",
            $$"""{"entities":[{"name":"Good","entityType":"t","observations":[]},{{bad}}]}"""
        );
        Assert.True(answer.IsError);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
        Assert.Empty((await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Fact]
    public async Task A_name_or_type_that_would_not_fit_an_answer_is_refused_by_field_and_never_quoted_whole()
    {
        await using var memory = await MemoryGateway.StartAsync();
        string longest = new('n', 2_000),
            tooLong = longest + "n";
        Assert.False((await memory.CreateAsync(longest, longest)).IsError);
        Assert.False((await memory.RelateAsync(longest, longest, longest)).IsError);
        Assert.StartsWith(
            "entities[0].name has 2001 characters, a name or type 2000 at most: shorten it",
            (await memory.CreateAsync(tooLong)).Text,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "entities[0].entityType has 2001 characters",
            (await memory.CreateAsync("A", tooLong)).Text,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "relations[0].to has 2001 characters",
            (await memory.RelateAsync(longest, tooLong, "is")).Text,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "relations[0].relationType has 2001 characters",
            (await memory.RelateAsync(longest, longest, tooLong)).Text,
            StringComparison.Ordinal
        );
        var unknown = await memory.CallAsync(
            "add_observations",
            new { observations = new[] { new { entityName = tooLong, contents = new[] { "x" } } } }
        );
        Assert.Equal($"Entity with name {longest[..100]}… not found", unknown.Text);
        Assert.Equal([longest], (await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_in_words_and_nothing_is_stored()
    {
        await using var memory = await MemoryGateway.StartAsync();
        using var response = await memory.Gateway.PostAsync(
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_entities","arguments":{"entities":[{"name":"\ud800","entityType":"t","observations":[]}]}}}
            """
        );
        Assert.Contains(
            "surrogate",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Empty((await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Theory]
    [InlineData("""{"entities":[{"name":"A","entityType":"t"}]}""")]
    [InlineData("""{"entities":{"name":"A","entityType":"t","observations":null}}""")]
    [InlineData("""{"entities":"[{\"name\":\"A\",\"entityType\":\"t\"}]"}""")]
    public async Task An_entity_of_which_nothing_is_known_needs_no_empty_list(string arguments)
    {
        await using var memory = await MemoryGateway.StartAsync();
        Assert.False((await memory.CallAsync("create_entities", arguments)).IsError);
        Assert.Equal(["A"], (await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Fact]
    public async Task A_missing_field_is_named_with_its_place()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var answer = await memory.CallAsync("create_entities", """{"entities":[{"name":"A","observations":[]}]}""");
        Assert.True(answer.IsError);
        Assert.Contains(
            "Invalid arguments for tool create_entities, nothing was done. entities[0].entityType: expected a string, received nothing.",
            answer.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Deleting_an_entity_takes_its_relations_at_either_end()
    {
        await using var memory = await MemoryGateway.StartAsync();
        foreach (var name in (string[])["A", "B", "C"])
        {
            await memory.CreateAsync(name);
        }

        await memory.RelateAsync("A", "B", "knows");
        await memory.RelateAsync("B", "C", "knows");
        await memory.RelateAsync("C", "A", "knows");
        var deleted = await memory.CallAsync("delete_entities", """{"entityNames":["B"]}""");
        Assert.Equal("Entities deleted successfully", deleted.Text);
        Assert.Equal("""{"success":true,"message":"Entities deleted successfully"}""", deleted.Structured!.ToJsonString());
        var graph = await memory.CallAsync("read_graph", "{}");
        Assert.Equal(["A", "C"], graph.Names);
        Assert.Equal(["C knows A"], graph.Relations);
    }

    [Fact]
    public async Task Names_alone_are_listed_by_type_and_order_page_by_page_and_duplicates_are_found()
    {
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_TOOLSETS", "all"));
        foreach (
            var (name, type) in ((string, string)[])
                [("Müller GmbH", "firm"), ("Muller-GmbH", "firm"), ("Barbara", "person"), ("Barbera", "person"), ("Zed", "person")]
        )
        {
            await memory.CreateAsync(name, type, "fact");
        }

        Assert.Equal(
            ["Barbara", "Barbera", "Zed"],
            (await memory.CallAsync("list_entities", """{"types":["Person"],"order":"name"}""")).Names
        );
        var none = await memory.CallAsync("list_entities", """{"types":["people"]}""");
        Assert.Equal("No entity passes the filters. The types there are: person, firm.", (string?)none.Structured!["hint"]);
        var pages = await memory.ReadAllAsync("list_entities", new { limit = 2 });
        Assert.Equal(["Zed", "Barbera", "Barbara", "Muller-GmbH", "Müller GmbH"], pages.SelectMany(p => p.Names));
        await memory.CallAsync("add_observations", """{"observations":[{"entityName":"Müller GmbH","contents":["moved"]}]}""");
        Assert.Equal("Müller GmbH", (await memory.CallAsync("list_entities", "{}")).Names[0]);
        var groups = (await memory.CallAsync("find_duplicates", "{}")).Structured!["groups"]!.AsArray();
        Assert.Equal(
            ["Barbara,Barbera", "Müller GmbH,Muller-GmbH"],
            groups.Select(g => string.Join(',', g!.AsArray().Select(n => (string?)n))).Order()
        );
        var stats = (await memory.CallAsync("memory_stats", "{}")).Structured!;
        Assert.Equal((5, 6, 3), ((int)stats["entities"]!, (int)stats["observations"]!, (int)stats["entityTypes"]!["person"]!));
    }
}
