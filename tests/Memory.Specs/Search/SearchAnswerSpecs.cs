namespace Memory.Specs.Search;

/// <summary>What an answer of search_nodes holds of what was found.</summary>
public sealed class SearchAnswerSpecs
{
    [Fact]
    public async Task The_fact_that_matched_comes_first_in_an_entity_of_many_then_the_newest_and_the_rest_is_counted()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync(
            "default_user",
            "person",
            [.. Enumerable.Range(0, 600).Select(i => $"note number {i} about an ordinary day in the life of the person")]
        );
        await memory.CallAsync(
            "add_observations",
            """{"observations":[{"entityName":"default_user","contents":["is allergic to penicillin"]},{"entityName":"default_user","contents":["bought a hat"]}]}"""
        );
        var found = await memory.CallAsync("search_nodes", """{"query":"penicillin"}""");
        Assert.Equal(["is allergic to penicillin", "bought a hat"], found.Observations[..2]);
        Assert.InRange(found.Observations.Length, 2, 20);
        var entity = found.Structured!["entities"]![0]!;
        Assert.Equal(602 - found.Observations.Length, (int)entity["observationsOmitted"]!);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", (string?)entity["updatedAt"]);
    }

    [Fact]
    public async Task The_relations_of_a_hub_are_capped_and_counted_and_open_nodes_has_them_all()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Hub");
        await memory.CallAsync(
            "create_relations",
            new
            {
                relations = Enumerable
                    .Range(0, 200)
                    .Select(i => new
                    {
                        from = "Hub",
                        to = "Hub",
                        relationType = $"way {i}",
                    }),
            }
        );
        var found = await memory.CallAsync("search_nodes", """{"query":"hub"}""");
        Assert.Equal(20, found.Relations.Length);
        Assert.Equal(180, (int)found.Structured!["entities"]![0]!["relationsOmitted"]!);
        Assert.Equal(200, (await memory.CallAsync("open_nodes", """{"names":["Hub"]}""")).Relations.Length);
    }

    [Fact]
    public async Task Twenty_entities_come_unasked_and_the_cursor_leads_to_every_other()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CallAsync(
            "create_entities",
            new
            {
                entities = Enumerable
                    .Range(0, 450)
                    .Select(i => new
                    {
                        name = $"Entity {i}",
                        entityType = "t",
                        observations = new[] { "common fact" },
                    }),
            }
        );
        var pages = await memory.ReadAllAsync("search_nodes", new { query = "common" });
        Assert.All(pages[..^1], page => Assert.Equal(20, page.Names.Length));
        Assert.Equal(Enumerable.Range(0, 450).Select(i => $"Entity {i}").Order(), pages.SelectMany(p => p.Names).Order());
    }

    [Theory]
    [InlineData("""{"query":"tea","types":["Recipe"]}""", "chai")]
    [InlineData("""{"query":"tea","relation":"works at"}""", "Anna")]
    [InlineData("""{"query":"tea","since":"2999-01-01"}""", "")]
    [InlineData("""{"query":"tea","until":"2001-01-01"}""", "")]
    [InlineData("""{"query":"","types":["recipe","shop"]}""", "chai,Acme")]
    public async Task A_search_is_narrowed_by_types_relation_and_dates(string arguments, string expected)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("chai", "recipe", "black tea with milk");
        await memory.CreateAsync("Anna", "person", "likes tea");
        await memory.CreateAsync("Acme", "shop", "sells hats");
        await memory.RelateAsync("Anna", "Acme", "works_at");
        Assert.Equal(expected, string.Join(',', (await memory.CallAsync("search_nodes", arguments)).Names));
    }

    [Fact]
    public async Task A_date_that_is_none_is_refused_by_field()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var answer = await memory.CallAsync("search_nodes", """{"query":"x","since":"last spring"}""");
        Assert.True(answer.IsError);
        Assert.Equal("since='last spring' is not a day or moment: write 2026-11-28 or 2026-11-28T09:30:00Z.", answer.Text);
    }

    [Fact]
    public async Task A_word_of_a_million_letters_is_searched_for_like_any_other()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Ana");
        Assert.Empty(await memory.SearchAsync(string.Concat(Enumerable.Repeat("abcdefghij", 100_000))));
        Assert.Equal(["Ana"], await memory.SearchAsync("Ana"));
    }
}
