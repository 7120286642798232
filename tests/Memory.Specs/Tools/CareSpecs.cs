namespace Memory.Specs.Tools;

/// <summary>Correcting the memory, and being told the truth about it.</summary>
public sealed class CareSpecs
{
    [Fact]
    public async Task A_deletion_says_what_it_did_not_find_and_what_that_may_be()
    {
        await using var memory = await Lindqvist.StartAsync();
        var observation = await memory.CallAsync(
            "delete_observations",
            """{"deletions":[{"entityName":"Anna Lindqvist","observations":["likes lavender tea","is afraid of flying"]}]}"""
        );
        Assert.Equal(
            "Deleted 1 of 2 observations. Not found: Anna Lindqvist: likes lavender tea (did you mean \"likes lavender tea and dark chocolate\"?)",
            observation.Text
        );
        Assert.Equal(1, (int)observation.Structured!["deleted"]!);
        Assert.Equal("likes lavender tea and dark chocolate", (string?)observation.Structured["notFound"]![0]!["didYouMean"]);
        var relation = await memory.CallAsync(
            "delete_relations",
            """{"relations":[{"from":"Anna Lindqvist","to":"Nordlys","relationType":"worksAt"}]}"""
        );
        Assert.Equal(
            "Deleted 0 of 1 relations. Not found: Anna Lindqvist worksAt Nordlys (did you mean \"Anna Lindqvist works_at Nordlys\"?)",
            relation.Text
        );
        Assert.False((bool)relation.Structured!["success"]!);
        var entity = await memory.CallAsync("delete_entities", """{"entityNames":["Ana Lindquist","Zanzibar"]}""");
        Assert.Equal("Deleted 0 of 2 entities. Not found: Ana Lindquist (did you mean \"Anna Lindqvist\"?), Zanzibar", entity.Text);
    }

    [Fact]
    public async Task A_long_fact_is_quoted_by_its_beginning_which_names_it()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var beginning = $"decided on 2026-03-01 {new string('x', 300)}";
        var (one, other) = ($"{beginning} for Bern {new string('y', 5_000)}", $"{beginning} for Basel {new string('z', 5_000)}");
        await memory.CreateAsync("Anna", "person", one, other, "likes tea");
        var missing = await memory.CallAsync(
            "delete_observations",
            new { deletions = new[] { new { entityName = "Anna", observations = new[] { $"{other} and more" } } } }
        );
        var near = (string)missing.Structured!["notFound"]![0]!["didYouMean"]!;
        Assert.InRange(near.Length, 200, 500);
        Assert.StartsWith($"{beginning} for Basel", near, StringComparison.Ordinal);
        Assert.InRange(missing.Text.Length, 0, 1_000);
        var cut = await memory.CallAsync(
            "update_observations",
            new
            {
                updates = new[]
                {
                    new
                    {
                        entityName = "Anna",
                        oldObservation = near,
                        newObservation = $"{other}!",
                    },
                },
            }
        );
        Assert.False(cut.IsError, cut.Text);
        var ambiguous = await memory.CallAsync(
            "delete_observations",
            new { deletions = new[] { new { entityName = "Anna", observations = new[] { "likes tea", $"{beginning}…" } } } }
        );
        Assert.True(ambiguous.IsError);
        Assert.Contains("begins 2 observations of Anna: give the whole text of one", ambiguous.Text, StringComparison.Ordinal);
        var shown = (await memory.CallAsync("search_nodes", """{"query":"Basel"}""")).Observations[0];
        Assert.Contains("… [cut: ", shown, StringComparison.Ordinal);
        Assert.Equal(
            "Observations deleted successfully",
            (
                await memory.CallAsync(
                    "delete_observations",
                    new { deletions = new[] { new { entityName = "Anna", observations = new[] { shown } } } }
                )
            ).Text
        );
        Assert.Equal([one, "likes tea"], (await memory.CallAsync("open_nodes", """{"names":["Anna"]}""")).Observations);
        // What somebody abbreviated is no quotation.
        Assert.False(
            (bool)
                (
                    await memory.CallAsync("delete_observations", """{"deletions":[{"entityName":"Anna","observations":["likes…"]}]}""")
                ).Structured!["success"]!
        );
    }

    /// <summary>Every letter of it was compared with every letter of what is stored, which no call lives to see.</summary>
    [Fact]
    public async Task What_is_near_a_text_of_any_length_is_found_by_its_beginning()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var word = string.Concat(Enumerable.Range(0, 500_000).Select(i => (char)('a' + (i * 7 + i / 13) % 26)));
        await memory.CreateAsync("Anna", "person", word);
        var missing = await memory.CallAsync(
            "delete_observations",
            new { deletions = new[] { new { entityName = "Anna", observations = new[] { $"{word}x" } } } }
        );
        Assert.StartsWith(word[..150], (string?)missing.Structured!["notFound"]![0]!["didYouMean"], StringComparison.Ordinal);
        Assert.Equal(["Anna"], await memory.SearchAsync($"{word}x"));
    }

    [Fact]
    public async Task Creating_what_exists_says_so_and_a_near_name_is_told()
    {
        await using var memory = await Lindqvist.StartAsync();
        var again = await memory.CreateAsync("Anna Lindqvist", "person", "plays chess");
        Assert.Equal("[]", again.Text);
        Assert.Equal("Anna Lindqvist", (string?)again.Structured!["existing"]![0]);
        Assert.Contains("Use add_observations to add facts.", again.Body, StringComparison.Ordinal);
        var near = await memory.CreateAsync("anna lindquist", "person");
        Assert.Equal(["anna lindquist"], near.Names);
        Assert.Equal("Anna Lindqvist", (string?)near.Structured!["similar"]![0]!["similarTo"]);
        Assert.Null((await memory.CreateAsync("Somebody else")).Structured!["similar"]);
    }

    /// <summary>Names are compared beside other writers: of two that are written at once, the later one has to see the other all the same.</summary>
    [Fact]
    public async Task Near_names_are_told_of_one_call_and_of_calls_at_once()
    {
        await using var memory = await Lindqvist.StartAsync();
        var one = await memory.CallAsync(
            "create_entities",
            """
            {"entities":[{"name":"Piet Brandt","entityType":"person","observations":[]},{"name":"piet-brandt","entityType":"person","observations":[]}]}
            """
        );
        Assert.Equal(
            [("piet-brandt", "Piet Brandt")],
            one.Structured!["similar"]!.AsArray().Select(s => ((string)s!["name"]!, (string)s["similarTo"]!))
        );
        for (var i = 0; i < 10; i++)
        {
            var name = $"Marlene Voss {(char)('a' + i)}ster";
            var both = await Task.WhenAll(memory.CreateAsync(name), memory.CreateAsync(name.Replace(' ', '-')));
            Assert.Contains(both, answer => answer.Structured!["similar"] is not null);
        }
    }

    [Fact]
    public async Task A_fact_that_comes_back_becomes_the_newest()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("P", "project", "status: A", "status: B");
        var added = await memory.CallAsync("add_observations", """{"observations":[{"entityName":"P","contents":["status: A"]}]}""");
        Assert.Equal("status: A", (string?)added.Structured!["results"]![0]!["renewedObservations"]![0]);
        Assert.Empty(added.Structured["results"]![0]!["addedObservations"]!.AsArray());
        Assert.Equal(["status: B", "status: A"], (await memory.CallAsync("read_graph", "{}")).Observations);
        Assert.Equal(["P"], await memory.SearchAsync("status: A"));
        Assert.Equal("status: A", (await memory.CallAsync("search_nodes", """{"query":"P"}""")).Observations[0]);
    }

    [Fact]
    public async Task Opening_what_does_not_exist_names_it_and_what_it_may_be()
    {
        await using var memory = await Lindqvist.StartAsync();
        var opened = await memory.CallAsync("open_nodes", """{"names":["Nordlys","Ana Lindqvist"]}""");
        Assert.Equal(["Nordlys"], opened.Names);
        Assert.Equal("Anna Lindqvist", (string?)opened.Structured!["notFound"]![0]!["didYouMean"]);
    }

    [Theory]
    [InlineData("a", null)]
    [InlineData("nn", null)]
    [InlineData("X", null)]
    [InlineData("dl", null)]
    [InlineData("Bo", "Bo Lindqvist")]
    [InlineData("bo lindqvist", "Bo Lindqvist")]
    [InlineData("Mar", "Maren")]
    [InlineData("arta", null)]
    [InlineData("思远", "陈思远")]
    [InlineData("陈", null)]
    public async Task A_short_name_that_does_not_exist_brings_what_is_near_it_or_nothing(string name, string? near)
    {
        await using var memory = await MemoryGateway.StartAsync();
        foreach (var existing in (string[])["Anna", "Handling of bonds", "Bo Lindqvist", "Maren", "Spartanburg", "X-ray a", "陈思远"])
        {
            await memory.CreateAsync(existing);
        }

        var opened = await memory.CallAsync("open_nodes", new { names = new[] { name } });
        Assert.Equal(near, (string?)opened.Structured!["notFound"]![0]!["didYouMean"]);
    }

    [Fact]
    public async Task A_fact_is_replaced_by_its_text_or_its_beginning_and_nothing_is_when_one_is_not_found()
    {
        await using var memory = await Lindqvist.StartAsync();
        var refused = await memory.CallAsync(
            "update_observations",
            """
            {"updates":[{"entityName":"Anna Lindqvist","oldObservation":"is afraid of flying","newObservation":"flies"},{"entityName":"Anna Lindqvist","oldObservation":"lavender tea","newObservation":"x"}]}
            """
        );
        Assert.True(refused.IsError);
        Assert.Equal(
            "updates[1].oldObservation: lavender tea (did you mean \"likes lavender tea and dark chocolate\"?) is not stored "
                + "about Anna Lindqvist. Nothing was changed.",
            refused.Text
        );
        var done = await memory.CallAsync(
            "update_observations",
            """{"updates":[{"entityName":"Anna Lindqvist","oldObservation":"likes lavender","newObservation":"likes mint tea"}]}"""
        );
        Assert.Equal("likes lavender tea and dark chocolate", (string?)done.Structured!["updated"]![0]!["oldObservation"]);
        Assert.Equal(
            ["is afraid of flying", "likes mint tea"],
            (await memory.CallAsync("open_nodes", """{"names":["Anna Lindqvist"]}""")).Observations
        );
        Assert.Empty(await memory.SearchAsync("chocolate"));
        Assert.Equal(["Anna Lindqvist"], await memory.SearchAsync("mint"));
    }

    [Fact]
    public async Task A_renamed_entity_keeps_its_relations_and_is_found_by_its_new_name_alone()
    {
        await using var memory = await Lindqvist.StartAsync();
        Assert.False((await memory.CallAsync("rename_entity", """{"from":"Nordlys","to":"Polaris Institute"}""")).IsError);
        Assert.Empty(await memory.SearchAsync("nordlys"));
        var found = await memory.CallAsync("search_nodes", """{"query":"Polaris"}""");
        Assert.Equal(["Polaris Institute"], found.Names);
        Assert.Equal(["Anna Lindqvist works_at Polaris Institute"], found.Relations);
        Assert.Contains(
            "exists already",
            (await memory.CallAsync("rename_entity", """{"from":"Polaris Institute","to":"Anna Lindqvist"}""")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Did you mean",
            (await memory.CallAsync("rename_entity", """{"from":"Polaris Institut","to":"X"}""")).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("merge_entities", """{"from":["Nordlys"],"into":"Nordlys"}""", "from names no entity besides into (Nordlys)")]
    [InlineData(
        "merge_entities",
        """{"from":["Nordlis"],"into":"Nordlys"}""",
        "Entity with name Nordlis not found. Did you mean \"Nordlys\"?"
    )]
    [InlineData("rename_entity", """{"from":"Nordlys","to":"Nordlys"}""", "from and to are the same name")]
    [InlineData("entity_history", """{"entityName":"Nordlis"}""", "Nordlis (did you mean \"Nordlys\"?) not found, nor was there ever one")]
    [InlineData("recent_changes", """{"since":"2026-02-01","until":"2026-01-31"}""", "since='2026-02-01' is after until='2026-01-31'")]
    [InlineData("search_nodes", """{"query":"Nordlys","page":2}""", "page: unknown argument. Lists go on by cursor")]
    [InlineData("read_graph", """{"offset":"20"}""", "offset: unknown argument. Lists go on by cursor")]
    [InlineData("list_entities", """{"skip":1}""", "skip: unknown argument. Lists go on by cursor")]
    [InlineData("list_entities", """{"since":"2026-02-01","until":"2026-01-31"}""", "since='2026-02-01' is after until='2026-01-31'")]
    [InlineData(
        "search_nodes",
        """{"query":"x","since":"2026-02-01","until":"2026-01-31"}""",
        "since='2026-02-01' is after until='2026-01-31'"
    )]
    public async Task What_cannot_be_meant_is_refused_and_changes_nothing(string tool, string arguments, string expected)
    {
        await using var memory = await Lindqvist.StartAsync();
        var before = await memory.ExportAsync();
        var answer = await memory.CallAsync(tool, arguments);
        Assert.True(answer.IsError);
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await memory.ExportAsync());
    }

    [Fact]
    public async Task What_a_deletion_names_twice_counts_once()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna", "person", "likes Tea");
        await memory.RelateAsync("Anna", "Anna", "is");
        Assert.Equal(
            "Observations deleted successfully",
            (
                await memory.CallAsync(
                    "delete_observations",
                    """{"deletions":[{"entityName":"Anna","observations":["likes Tea","likes Tea"]},{"entityName":"Anna","observations":["likes Tea"]}]}"""
                )
            ).Text
        );
        Assert.Equal(
            "Deleted 1 of 2 relations. Not found: Anna has Anna (did you mean \"Anna is Anna\"?)",
            (
                await memory.CallAsync(
                    "delete_relations",
                    """{"relations":[{"from":"Anna","to":"Anna","relationType":"has"},{"from":"Anna","to":"Anna","relationType":"is"},{"from":"Anna","to":"Anna","relationType":"is"}]}"""
                )
            ).Text
        );
    }

    [Fact]
    public async Task Relations_that_go_with_a_merge_are_told_and_one_with_itself_stays()
    {
        await using var memory = await MemoryGateway.StartAsync();
        foreach (var name in (string[])["Ann", "Anna", "Bob"])
        {
            await memory.CreateAsync(name, "person");
        }

        await memory.RelateAsync("Ann", "Anna", "same_as");
        await memory.RelateAsync("Ann", "Ann", "trusts");
        await memory.RelateAsync("Bob", "Ann", "knows");
        var merged = await memory.CallAsync("merge_entities", """{"from":["Ann"],"into":"Anna"}""");
        Assert.Equal("Merged Ann into Anna. 1 relation between them went with that", merged.Text);
        Assert.Equal(
            ["Anna trusts Anna", "Bob knows Anna"],
            (await memory.CallAsync("read_graph", "{}")).Relations.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_new_name_that_is_nearly_anothers_is_told()
    {
        await using var memory = await Lindqvist.StartAsync();
        await memory.CreateAsync("A. L.", "person");
        var renamed = await memory.CallAsync("rename_entity", """{"from":"A. L.","to":"anna lindqvist"}""");
        Assert.Equal("A. L. is now anna lindqvist, beside \"Anna Lindqvist\": if they are the same, call merge_entities", renamed.Text);
    }

    [Fact]
    public async Task What_a_merge_or_a_type_did_not_change_is_not_told_as_changed()
    {
        await using var memory = await Lindqvist.StartAsync();
        await memory.CreateAsync("A. Lindqvist", "contact");
        var merged = await memory.CallAsync(
            "merge_entities",
            """{"from":["Anna Lindqvist","A. Lindqvist","A. Lindqvist"],"into":"Anna Lindqvist"}"""
        );
        Assert.Equal("Merged A. Lindqvist into Anna Lindqvist", merged.Text);
        var last = (await memory.CallAsync("recent_changes", """{"limit":1}""")).Text;
        var typed = await memory.CallAsync("set_entity_type", """{"entityName":"Anna Lindqvist","entityType":"person"}""");
        Assert.Equal("Anna Lindqvist is a person already", typed.Text);
        Assert.Equal(last, (await memory.CallAsync("recent_changes", """{"limit":1}""")).Text);
    }
}
