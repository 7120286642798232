using System.Text.Json.Nodes;

namespace Memory.Specs.Tools;

/// <summary>What is known when, and until when.</summary>
public sealed class DateSpecs
{
    [Theory]
    [InlineData("search_nodes", """{"query":"Mara"}""")]
    [InlineData("open_nodes", """{"names":["Mara"]}""")]
    [InlineData("read_graph", "{}")]
    public async Task An_entity_tells_when_it_changed_and_each_fact_when_it_was_stored(string tool, string arguments)
    {
        var clock = new SetClock("2026-01-05T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await memory.CreateAsync("Mara", "person", "lives in Bern");
        clock.SetTo("2026-03-01T08:00:00Z");
        await AddAsync(memory, "Mara", null, "moved to Zurich");
        var mara = Entity(await memory.CallAsync(tool, arguments));
        Assert.StartsWith("2026-03-01T08:", (string?)mara["updatedAt"], StringComparison.Ordinal);
        Assert.Equal(
            new Dictionary<string, string> { ["lives in Bern"] = "2026-01-05", ["moved to Zurich"] = "2026-03-01" },
            Texts(mara["observations"]).Zip(Texts(mara["at"])).ToDictionary(p => p.First, p => p.Second)
        );
        Assert.Null(mara["validUntil"]);
    }

    [Fact]
    public async Task A_whole_graph_says_a_day_once_where_all_of_an_entity_is_of_it()
    {
        var clock = new SetClock("2026-01-05T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await memory.CreateAsync("Mara", "person", "says \"tea\" 😀", "lives in Bern");
        var read = await memory.CallAsync("read_graph", "{}");
        Assert.StartsWith(
            """{"entities":[{"name":"Mara","entityType":"person","observations":["says \"tea\" 😀","lives in Bern"],"updatedAt":"2026-01-05"}],""",
            read.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_fact_that_is_said_again_has_the_day_of_its_return()
    {
        var clock = new SetClock("2026-01-05T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await memory.CreateAsync("P", "project", "status: A");
        clock.SetTo("2026-03-01T08:00:00Z");
        await AddAsync(memory, "P", null, "status: A");
        Assert.Equal(["2026-03-01"], Texts(Entity(await OpenAsync(memory, "P"))["at"]));
        await memory.CallAsync("undo_changes", "{}");
        Assert.Equal(["2026-01-05"], Texts(Entity(await OpenAsync(memory, "P"))["at"]));
    }

    [Fact]
    public async Task A_relation_that_a_merge_moves_keeps_its_date()
    {
        var clock = new SetClock("2026-01-05T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        foreach (var name in new[] { "Mara", "M. Keller", "Acme" })
        {
            await memory.CreateAsync(name);
        }

        await memory.RelateAsync("M. Keller", "Acme", "works_at");
        clock.SetTo("2026-03-01T08:00:00Z");
        await memory.CallAsync("merge_entities", """{"from":["M. Keller"],"into":"Mara"}""");
        var export = await memory.Gateway.Http.GetStringAsync(new Uri("/export", UriKind.Relative), TestContext.Current.CancellationToken);
        var relation = JsonNode.Parse(export.Split('\n').Single(line => line.Contains("works_at", StringComparison.Ordinal)))!;
        Assert.Equal("Mara", (string?)relation["from"]);
        Assert.StartsWith("2026-01-05T08:", (string?)relation["createdAt"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_day_there_is_is_told_as_it_was_given()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        await AddAsync(memory, "A", "9999-12-31", "x");
        Assert.Equal(["9999-12-31"], Texts(Entity(await OpenAsync(memory, "A"))["validUntil"]));
    }

    [Theory]
    [InlineData(null, "2026-11-30")]
    [InlineData("", "2026-11-30")]
    [InlineData("2027-01-31", "2027-01-31")]
    [InlineData("none", null)]
    [InlineData(" None ", null)]
    public async Task A_fact_that_is_reworded_or_said_again_keeps_its_end_until_another_or_none_is_given(string? given, string? expected)
    {
        var clock = new SetClock("2026-10-01T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await memory.CreateAsync("Mara", "person");
        await AddAsync(memory, "Mara", "2026-11-30", "stays at the Belevue");
        await AddAsync(memory, "Mara", "2026-11-30", "travels by train");
        clock.SetTo("2026-10-02T08:00:00Z");
        var update = await memory.CallAsync(
            "update_observations",
            new
            {
                updates = new[]
                {
                    new
                    {
                        entityName = "Mara",
                        oldObservation = "stays at the Belevue",
                        newObservation = "stays at the Bellevue",
                        validUntil = given,
                    },
                },
            }
        );
        Assert.Equal(expected, (string?)update.Structured!["updated"]![0]!["validUntil"]);
        await AddAsync(memory, "Mara", given, "travels by train");
        var mara = Entity(await OpenAsync(memory, "Mara"));
        Assert.Equal(["stays at the Bellevue", "travels by train"], Texts(mara["observations"]));
        Assert.Equal(expected is null ? null : [expected, expected], mara["validUntil"] is { } ends ? Texts(ends) : null);
    }

    [Fact]
    public async Task What_is_replaced_by_a_fact_that_is_stored_leaves_that_its_end()
    {
        await using var memory = await MemoryGateway.StartAsync(new SetClock("2026-10-01T08:00:00Z"));
        await memory.CreateAsync("Mara", "person", "lives in Bern");
        await AddAsync(memory, "Mara", "2026-11-30", "stays in Bern");
        var update = await memory.CallAsync(
            "update_observations",
            """{"updates":[{"entityName":"Mara","oldObservation":"stays in Bern","newObservation":"lives in Bern"}]}"""
        );
        Assert.Null(update.Structured!["updated"]![0]!["validUntil"]);
        Assert.Null(Entity(await OpenAsync(memory, "Mara"))["validUntil"]);
    }

    /// <summary>A sign is no word: it is looked for in every text as it stands.</summary>
    [Fact]
    public async Task A_fact_past_its_last_day_is_not_found_by_a_sign_in_it()
    {
        var clock = new SetClock("2026-11-01T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await memory.CreateAsync("Mara", "person", "lives in Bern");
        await AddAsync(memory, "Mara", "2026-11-30", "gets 20% off");
        Assert.Equal(["Mara"], await memory.SearchAsync("%"));
        clock.SetTo("2026-12-01T00:01:00Z");
        Assert.Empty(await memory.SearchAsync("%"));
    }

    [Fact]
    public async Task A_fact_past_its_last_day_leaves_every_answer_but_the_history()
    {
        var clock = new SetClock("2026-11-01T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await memory.CreateAsync("Mara", "person", "lives in Bern");
        await AddAsync(memory, "Mara", "2026-11-30", "stays at the Bellevue", "travels by train");
        var open = Entity(await OpenAsync(memory, "Mara"));
        Assert.Equal(["(none)", "2026-11-30", "2026-11-30"], Texts(open["validUntil"]));
        clock.SetTo("2026-11-30T23:59:00Z");
        Assert.Equal(["Mara"], await memory.SearchAsync("Bellevue"));
        clock.SetTo("2026-12-01T00:01:00Z");
        foreach (
            var (tool, arguments) in ((string, string)[])
                [("search_nodes", """{"query":"Mara"}"""), ("open_nodes", """{"names":["Mara"]}"""), ("read_graph", "{}")]
        )
        {
            Assert.Equal(["lives in Bern"], (await memory.CallAsync(tool, arguments)).Observations);
        }

        Assert.Empty(await memory.SearchAsync("Bellevue"));
        Assert.Empty(await memory.SearchAsync("at the bell"));
        Assert.DoesNotContain("Bellevue", (await memory.CallAsync("export_graph", "{}")).Body, StringComparison.Ordinal);
        Assert.Contains(
            "stays at the Bellevue (valid until 2026-11-30)",
            (await memory.CallAsync("entity_history", """{"entityName":"Mara"}""")).Text,
            StringComparison.Ordinal
        );
        // It can be said again.
        Assert.Contains("travels by train", (await AddAsync(memory, "Mara", null, "travels by train")).Text, StringComparison.Ordinal);
        Assert.Equal(["lives in Bern", "travels by train"], (await OpenAsync(memory, "Mara")).Observations);
    }

    [Theory]
    [InlineData("2026-10-31", "is past")]
    [InlineData("next Friday", "is not a day or moment")]
    // The third of December, or the twelfth of March; and a month that would end on its first day.
    [InlineData("12/03/2027", "is not a day or moment")]
    [InlineData("3.12.2027", "is not a day or moment")]
    [InlineData("2027-12", "is not a day or moment")]
    public async Task An_end_that_is_past_or_no_date_is_refused(string until, string problem)
    {
        await using var memory = await MemoryGateway.StartAsync(new SetClock("2026-11-01T08:00:00Z"));
        await memory.CreateAsync("Mara", "person");
        var refused = await AddAsync(memory, "Mara", until, "x");
        Assert.True(refused.IsError);
        Assert.StartsWith($"observations[0].validUntil='{until}' {problem}", refused.Text, StringComparison.Ordinal);
        Assert.Empty((await OpenAsync(memory, "Mara")).Observations);
    }

    [Fact]
    public async Task What_is_true_of_one_entity_stays_true_when_it_is_merged_into_one_of_which_it_was_true_once()
    {
        var clock = new SetClock("2026-11-01T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await memory.CreateAsync("Mara", "person", "plays chess");
        await AddAsync(memory, "Mara", "2026-11-10", "works at Acme");
        clock.SetTo("2026-11-20T08:00:00Z");
        await memory.CreateAsync("Mara K.", "person", "works at Acme");
        await memory.CallAsync("merge_entities", """{"from":["Mara K."],"into":"Mara"}""");
        Assert.Equal(["plays chess", "works at Acme"], (await OpenAsync(memory, "Mara")).Observations);
    }

    [Theory]
    [InlineData("2027-01-31", null, "(none)")]
    [InlineData(null, "2027-01-31", "(none)")]
    [InlineData("2027-01-31", "2027-03-31", "2027-03-31")]
    [InlineData("2027-03-31", "2027-01-31", "2027-03-31")]
    public async Task A_fact_that_merged_entities_share_lasts_as_long_as_it_did_of_either(string? one, string? other, string expected)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Mara", "person");
        await memory.CreateAsync("Mara K.", "person");
        await AddAsync(memory, "Mara", one, "works at Acme");
        await AddAsync(memory, "Mara K.", other, "works at Acme");
        var before = await memory.CallAsync("read_graph", "{}");
        await memory.CallAsync("merge_entities", """{"from":["Mara K."],"into":"Mara"}""");
        var mara = Entity(await OpenAsync(memory, "Mara"));
        Assert.Equal(["works at Acme"], Texts(mara["observations"]));
        Assert.Equal(expected, mara["validUntil"] is { } ends ? Texts(ends)[0] : "(none)");
        await memory.CallAsync("undo_changes", "{}");
        Assert.Equal(Facts(before), Facts(await memory.CallAsync("read_graph", "{}")));
    }

    [Fact]
    public async Task Merged_facts_keep_their_dates_and_stand_in_their_order()
    {
        var clock = new SetClock("2026-01-01T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await memory.CreateAsync("Mara K.", "person", "first");
        clock.SetTo("2026-02-01T08:00:00Z");
        await memory.CreateAsync("Mara", "person", "second");
        clock.SetTo("2026-03-01T08:00:00Z");
        await AddAsync(memory, "Mara K.", "2027-12-31", "third");
        var before = await memory.CallAsync("read_graph", "{}");
        await memory.CallAsync("merge_entities", """{"from":["Mara K."],"into":"Mara"}""");
        var mara = Entity(await OpenAsync(memory, "Mara"));
        Assert.Equal(["first", "second", "third"], Texts(mara["observations"]));
        Assert.Equal(["2026-01-01", "2026-02-01", "2026-03-01"], Texts(mara["at"]));
        Assert.Equal(["(none)", "(none)", "2027-12-31"], Texts(mara["validUntil"]));
        await memory.CallAsync("undo_changes", "{}");
        Assert.Equal(Facts(before), Facts(await memory.CallAsync("read_graph", "{}")));
        await memory.CallAsync("undo_changes", "{}");
        Assert.Equal(["2026-01-01", "2026-02-01", "2026-03-01"], Texts(Entity(await OpenAsync(memory, "Mara"))["at"]));
    }

    /// <summary>Whatever a call did, undoing it leaves what was there before, with dates and order; undoing that, what was there after.</summary>
    [Theory]
    [InlineData("delete_entities", """{"entityNames":["B","A"]}""")]
    [InlineData(
        "delete_observations",
        """{"deletions":[{"entityName":"A","observations":["a2","a1"]},{"entityName":"B","observations":["b1"]}]}"""
    )]
    [InlineData("delete_relations", """{"relations":[{"from":"A","to":"B","relationType":"knows"}]}""")]
    [InlineData("add_observations", """{"observations":[{"entityName":"A","contents":["a1","new","a2"]}]}""")]
    [InlineData("create_entities", """{"entities":[{"name":"D","entityType":"t","observations":["d"]}]}""")]
    [InlineData("create_relations", """{"relations":[{"from":"B","to":"A","relationType":"likes"}]}""")]
    [InlineData("update_observations", """{"updates":[{"entityName":"A","oldObservation":"a2","newObservation":"a1"}]}""")]
    [InlineData(
        "update_observations",
        """{"updates":[{"entityName":"A","oldObservation":"a1","newObservation":"x","validUntil":"2027-01-01"}]}"""
    )]
    [InlineData("rename_entity", """{"from":"A","to":"Z"}""")]
    [InlineData("merge_entities", """{"from":["A","B"],"into":"C"}""")]
    [InlineData("merge_entities", """{"from":["C"],"into":"A"}""")]
    [InlineData("set_entity_type", """{"entityName":"A","entityType":"robot"}""")]
    public async Task Every_change_can_be_undone_and_the_undo_as_well(string tool, string arguments)
    {
        var clock = new SetClock("2026-01-01T08:00:00Z");
        await using var memory = await MemoryGateway.StartAsync(clock);
        await memory.CreateAsync("A", "person", "a1", "a2", "a3");
        clock.SetTo("2026-02-01T08:00:00Z");
        await memory.CreateAsync("B", "person", "b1");
        await memory.CreateAsync("C", "person", "a2", "c1");
        await memory.RelateAsync("A", "B", "knows");
        await memory.RelateAsync("C", "A", "knows");
        clock.SetTo("2026-03-01T08:00:00Z");
        var before = Facts(await memory.CallAsync("read_graph", "{}"));
        var changed = await memory.CallAsync(tool, arguments);
        Assert.False(changed.IsError, changed.Text);
        var after = Facts(await memory.CallAsync("read_graph", "{}"));
        Assert.NotEqual(before, after);
        for (var i = 0; i < 2; i++)
        {
            var undone = await memory.CallAsync("undo_changes", "{}");
            Assert.Empty(undone.Structured!["skipped"]!.AsArray());
            Assert.Equal(i == 0 ? before : after, Facts(await memory.CallAsync("read_graph", "{}")));
        }
    }

    private static Task<ToolAnswer> AddAsync(MemoryGateway memory, string entityName, string? validUntil, params string[] contents) =>
        memory.CallAsync(
            "add_observations",
            new
            {
                observations = new[]
                {
                    new
                    {
                        entityName,
                        contents,
                        validUntil,
                    },
                },
            }
        );

    private static Task<ToolAnswer> OpenAsync(MemoryGateway memory, string name) =>
        memory.CallAsync("open_nodes", new { names = new[] { name } });

    private static JsonNode Entity(ToolAnswer answer) => Assert.Single(answer.Structured!["entities"]!.AsArray())!;

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(text => (string?)text ?? "(none)")];

    /// <summary>All of the graph but when its entities changed last.</summary>
    private static string Facts(ToolAnswer graph)
    {
        foreach (var entity in graph.Structured!["entities"]!.AsArray())
        {
            var members = entity!.AsObject();
            // A whole graph says the day once where all is of it.
            var day = members["updatedAt"]!.DeepClone();
            var days = members["at"]?.DeepClone() ?? new JsonArray([.. members["observations"]!.AsArray().Select(_ => day.DeepClone())]);
            members.Remove("updatedAt");
            members.Remove("at");
            members.Add("at", days);
        }

        return graph.Structured.ToJsonString();
    }
}
