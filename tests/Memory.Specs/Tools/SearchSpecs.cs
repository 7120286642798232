namespace Memory.Specs.Tools;

public sealed class SearchSpecs
{
    [Theory]
    [InlineData("ikes t", "part of an observation, over a space")]
    [InlineData("nn", "two letters inside a name")]
    [InlineData("ERSO", "part of a type, in another case")]
    [InlineData("%", "a percent sign is a percent sign")]
    [InlineData("_x", "an underscore is an underscore")]
    [InlineData("\"q\"", "quotes are quotes")]
    [InlineData("*", "a star is a star")]
    [InlineData("工智", "part of a run of Chinese")]
    [InlineData("e\u0301cole", "decomposed as stored")]
    [InlineData("École", "composed, stored decomposed")]
    [InlineData("ΟΔΟΣ", "final sigma")]
    [InlineData("İstanbul", "dotted capital I as stored")]
    [InlineData("istanbul", "and without the dot")]
    [InlineData("tea likes", "both words, in another order")]
    [InlineData("anna tea", "one word in the name, one in an observation")]
    [InlineData("lik coff", "beginnings of words")]
    [InlineData("zurich", "without the accent")]
    [InlineData("Straße", "sharp s")]
    [InlineData("anna  ?", "a known word and punctuation")]
    public async Task An_entity_is_found_by(string query, string because)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync(
            "Anna",
            "person",
            "likes Tea",
            "likes coffee",
            "100% sure",
            "a_x",
            "says \"q\" and *",
            "人工智能",
            "e\u0301cole",
            "οδος",
            "İstanbul",
            "lives in Zürich",
            "Langstraße"
        );
        await memory.CreateAsync("Other", "t", "nothing of this kind");
        Assert.True((await memory.SearchAsync(query)) is ["Anna"], because);
    }

    [Theory]
    [InlineData("anna AND OR NOT (")]
    [InlineData("\"")]
    [InlineData("col:x ^ - +")]
    [InlineData("NEAR(a b)")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\u0301")]
    public async Task No_query_is_a_syntax_error(string query)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna");
        Assert.False((await memory.CallAsync("search_nodes", new { query })).IsError);
    }

    [Fact]
    public async Task The_entity_of_exactly_this_name_comes_first()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Tea house", "tea", "tea", "green tea", "tea and cake");
        await memory.CreateAsync("Tea", "drink", "hot");
        Assert.Equal("Tea", (await memory.SearchAsync("tea"))[0]);
    }

    [Fact]
    public async Task An_empty_query_gives_the_whole_graph()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("B");
        await memory.CreateAsync("A");
        Assert.Equal(["B", "A"], await memory.SearchAsync(""));
    }

    [Fact]
    public async Task The_entity_of_that_name_comes_first_then_names_then_what_is_said_about_others()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Old note", "note", "mentions mercury once among very many other words that matter more");
        await memory.CreateAsync("Mercury probe", "craft", "flies");
        await memory.CreateAsync("mercury", "planet", "hot");
        Assert.Equal(["mercury", "Mercury probe", "Old note"], await memory.SearchAsync("Mercury"));
    }

    [Fact]
    public async Task All_words_are_wanted_and_any_word_will_do_when_no_entity_has_all()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A", "t", "red fox");
        await memory.CreateAsync("B", "t", "red deer");
        Assert.Equal(["A"], await memory.SearchAsync("fox red"));
        Assert.Equal(["B"], await memory.SearchAsync("deer unicorn"));
    }

    [Fact]
    public async Task A_misspelt_name_finds_the_one_that_was_meant_and_a_stranger_nothing()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Kubernetes", "tool");
        await memory.CreateAsync("Anna Schmidt", "person");
        Assert.Equal(["Kubernetes"], await memory.SearchAsync("Kubernets"));
        Assert.Equal(["Anna Schmidt"], await memory.SearchAsync("Schmitd"));
        Assert.Empty(await memory.SearchAsync("Zanzibar"));
    }

    [Fact]
    public async Task Filters_compare_types_and_relations_without_case_and_marks()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna", "TeamMember");
        await memory.CreateAsync("Nordlys", "❤");
        await memory.CreateAsync("Bern", "★");
        await memory.RelateAsync("Anna", "Nordlys", "works_at");
        Assert.Equal(["Anna", "Nordlys"], (await memory.CallAsync("search_nodes", """{"query":"","relation":"WorksAt"}""")).Names.Order());
        Assert.Equal(["Anna"], (await memory.CallAsync("list_entities", """{"types":["team member"]}""")).Names);
        Assert.Equal(["Bern"], (await memory.CallAsync("list_entities", """{"types":["★"]}""")).Names);
    }

    [Fact]
    public async Task Relation_types_are_searched_at_both_ends_and_relations_with_one_end_in_the_answer_come_along()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna");
        await memory.CreateAsync("Acme");
        await memory.RelateAsync("Anna", "Acme", "works_at");
        Assert.Equal(["Anna", "Acme"], await memory.SearchAsync("works_at"));
        var found = await memory.CallAsync("search_nodes", """{"query":"Anna"}""");
        Assert.Equal(["Anna"], found.Names);
        Assert.Equal(["Anna works_at Acme"], found.Relations);
    }

    [Fact]
    public async Task Whatever_the_official_search_finds_is_found()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var random = new Random(20260923);
        string[] alphabet =
        [
            "a",
            "B",
            "é",
            "e\u0301",
            "ß",
            " ",
            "-",
            "%",
            "_",
            "Σ",
            "ς",
            "İ",
            "ı",
            "Ж",
            "й",
            "工",
            "智",
            "😀",
            "9",
            "\"",
            "'",
            "K",
        ];
        string Text(int most) =>
            string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => alphabet[random.Next(alphabet.Length)]));
        var entities = Enumerable
            .Range(0, 200)
            .Select(i => new
            {
                name = $"{i}{Text(6)}",
                entityType = Text(4),
                observations = new[] { Text(14), Text(14) },
            })
            .ToArray();
        await memory.CallAsync("create_entities", new { entities });
        for (var i = 0; i < 300; i++)
        {
            var query = Text(5);
            var lowered = OfficialLower(query);
            var expected = entities
                .Where(e =>
                    new[] { e.name, e.entityType }
                        .Concat(e.observations)
                        .Any(t => OfficialLower(t).Contains(lowered, StringComparison.Ordinal))
                )
                .Select(e => e.name);
            var found = (await memory.ReadAllAsync("search_nodes", new { query })).SelectMany(p => p.Names).ToHashSet();
            Assert.Empty(expected.Where(name => !found.Contains(name)).Select(name => $"'{name}' for '{query}'"));
        }
    }

    /// <summary>JavaScript's toLowerCase, as far as the alphabet of the spec needs it.</summary>
    private static string OfficialLower(string text) => text.ToLowerInvariant().Replace("İ", "i\u0307", StringComparison.Ordinal);

    [Fact]
    public async Task All_of_a_large_call_is_found_beside_what_came_before_and_comes_after()
    {
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_TOOLSETS", "all"));
        foreach (var (first, count) in new[] { (0, 3), (3, 400), (403, 2) })
        {
            var entities = Enumerable
                .Range(first, count)
                .Select(i => new
                {
                    name = $"Person {i}",
                    entityType = $"kind{i % 7}",
                    observations = new[] { $"needle{i:000}", $"lives in town{i % 101}" },
                });
            Assert.False((await memory.CallAsync("create_entities", new { entities })).IsError);
        }

        foreach (var i in new[] { 0, 2, 3, 4, 62, 63, 64, 125, 126, 250, 402, 403, 404 })
        {
            Assert.Equal([$"Person {i}"], await memory.SearchAsync($"needle{i:000}"));
        }

        string[] inTown = ["Person 100", "Person 201", "Person 302", "Person 403"];
        Assert.Empty(inTown.Except(await memory.SearchAsync("town100")));
        Assert.Equal(405, (int)(await memory.CallAsync("memory_stats", "{}")).Structured!["changes"]!);
        Assert.Equal(
            "Person 77",
            (string?)(await memory.CallAsync("entity_history", new { name = "Person 77" })).Structured!["items"]![0]!["entity"]
        );
    }
}
