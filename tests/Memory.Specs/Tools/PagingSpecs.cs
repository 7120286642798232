using System.Text.Json.Nodes;
using McpGateway.Testing;
using McpGateway.Tools.Tokens;

namespace Memory.Specs.Tools;

public sealed class PagingSpecs
{
    [Theory]
    [InlineData("read_graph", """{"limit":1}""", null)]
    [InlineData("search_nodes", """{"query":"tea","limit":1}""", """{"query":"t","limit":1}""")]
    [InlineData("list_entities", """{"limit":1}""", """{"types":["t"],"limit":1}""")]
    [InlineData("recent_changes", """{"limit":1}""", """{"since":"2020-01-01","limit":1}""")]
    [InlineData("entity_history", """{"entityName":"A","limit":1}""", """{"entityName":"B","limit":1}""")]
    public async Task A_page_goes_on_in_its_own_namespace_and_with_its_own_question_alone(string tool, string arguments, string? other)
    {
        await using var memory = await MemoryGateway.StartAsync();
        var second = memory.In("second");
        foreach (var space in new[] { memory, second })
        {
            await space.CreateAsync("A", "t", "tea");
            await space.CreateAsync("B", "t", "tea");
            await space.CallAsync("set_entity_type", """{"entityName":"A","entityType":"u"}""");
            await space.CallAsync("set_entity_type", """{"entityName":"B","entityType":"u"}""");
        }

        var cursor = (await memory.CallAsync(tool, arguments)).NextCursor;
        Assert.NotNull(cursor);
        Assert.False((await memory.CallAsync(tool, With(arguments))).IsError);
        var answers = new List<ToolAnswer> { await second.CallAsync(tool, With(arguments)) };
        if (other is not null)
        {
            answers.Add(await memory.CallAsync(tool, With(other)));
        }

        Assert.All(answers, answer => Assert.StartsWith($"cursor='{cursor}' is not the nextCursor of this tool", answer.Text));

        string With(string question) => $"{question[..^1]},\"cursor\":\"{cursor}\"}}";
    }

    [Theory]
    [InlineData("list_entities", "limit")]
    [InlineData("find_duplicates", "limit")]
    [InlineData("recent_changes", "limit")]
    [InlineData("undo_changes", "call")]
    public async Task A_zero_where_one_is_the_least_means_that_none_was_given(string tool, string argument)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("A");
        var answer = await memory.CallAsync(tool, $$"""{"{{argument}}":0}""");
        Assert.False(answer.IsError, answer.Text);
    }

    [Theory]
    [InlineData("read_graph", "{}")]
    [InlineData("search_nodes", """{"query":"common"}""")]
    [InlineData("search_nodes", """{"query":""}""")]
    [InlineData("search_nodes", """{"query":"common","limit":7}""")]
    [InlineData("read_graph", """{"limit":1}""")]
    public async Task The_pages_hold_every_entity_and_every_relation_once_and_none_is_cut_again(string tool, string arguments)
    {
        await using var memory = await MemoryGateway.StartAsync(("ANSWER_TOKENS", "4000"));
        await FillAsync(memory, 120);
        var pages = await memory.ReadAllAsync(tool, JsonNode.Parse(arguments)!);
        Assert.True(pages.Count > 3);
        Assert.InRange(pages.Max(page => page.Tokens), 0, 4_000);
        Assert.All(pages, page => Assert.DoesNotContain("moreCursor", page.Text, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Equal(120, (int)page.Structured!["total"]!));
        Assert.All(pages, page => Assert.Equal(page.NextCursor is not null, (bool)page.Structured!["truncated"]!));
        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"Entity {i} é").Order(), pages.SelectMany(p => p.Names).Order());
        Assert.Equal(
            Enumerable.Range(0, 120).Select(i => $"Entity {i} é follows Entity {(i + 1) % 120} é").Order(),
            pages.SelectMany(p => p.Relations).Order()
        );
    }

    [Fact]
    public async Task A_limit_bounds_the_entities_of_a_page()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await FillAsync(memory, 5);
        var first = await memory.CallAsync("search_nodes", """{"query":"common","limit":2}""");
        Assert.Equal(2, first.Names.Length);
        Assert.Equal(5, (int)first.Structured!["total"]!);
        Assert.NotNull(first.NextCursor);
        Assert.Contains(
            "limit: expected an integer of at least 1, received -1",
            (await memory.CallAsync("read_graph", """{"limit":-1}""")).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(5, (await memory.CallAsync("read_graph", """{"limit":0}""")).Names.Length);
    }

    [Fact]
    public async Task An_answer_that_fits_is_not_truncated_and_20000_tokens_fit_by_default()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await FillAsync(memory, 60);
        var whole = await memory.CallAsync("read_graph", "{}");
        Assert.Equal(60, whole.Names.Length);
        Assert.False((bool)whole.Structured!["truncated"]!);
        Assert.Null(whole.NextCursor);
        await memory.CreateAsync("Large", "t", [.. Enumerable.Range(0, 2000).Select(i => $"observation {i} of a large entity")]);
        var bounded = await memory.CallAsync("read_graph", "{}");
        Assert.True((bool)bounded.Structured!["truncated"]!);
        Assert.InRange(bounded.Tokens, 1, O200k.Most);
    }

    [Fact]
    [Trait("store", "own")]
    public async Task Many_small_entities_fit_the_budget_as_well()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await FillAsync(memory, 1_500);
        await memory.CallAsync(
            "create_entities",
            new
            {
                entities = Enumerable
                    .Range(0, 1_500)
                    .Select(i => new
                    {
                        name = $"{i}",
                        entityType = "",
                        observations = Enumerable.Range(0, 20).Select(o => $"{o}"),
                    }),
            }
        );
        var pages = await memory.ReadAllAsync("read_graph", new { });
        Assert.True(pages.Count > 5);
        Assert.InRange(pages.Max(page => page.Tokens), 0, O200k.Most);
    }

    [Theory]
    [InlineData("read_graph", 1)]
    [InlineData("read_graph", 9)]
    [InlineData("search_nodes", 1)]
    [InlineData("search_nodes", 9)]
    [InlineData("open_nodes", 1)]
    [InlineData("open_nodes", 9)]
    public async Task A_page_holds_what_fits(string tool, int facts)
    {
        await using var memory = await MemoryGateway.StartAsync(("ANSWER_TOKENS", "6000"));
        await FillAsync(memory, 120, facts);
        object arguments = tool switch
        {
            "open_nodes" => new { names = Enumerable.Range(0, 120).Select(i => $"Entity {i} é") },
            "search_nodes" => new { query = "common", limit = 1_000 },
            _ => new { },
        };
        var pages = await memory.ReadAllAsync(tool, arguments);
        Assert.True(pages.Count > 1);
        Assert.All(pages.SkipLast(1).Select(EstimateOf), tokens => Assert.InRange(tokens, 5_200, 6_000));
    }

    [Fact]
    public async Task An_entity_larger_than_a_page_comes_in_parts_that_make_up_the_whole_the_newest_facts_first()
    {
        await using var memory = await MemoryGateway.StartAsync(("ANSWER_TOKENS", "4000"));
        await memory.CreateAsync("Before");
        string[] observations = [.. Enumerable.Range(0, 600).Select(i => $"observation number {i}")];
        await memory.CreateAsync("Large", "t", observations);
        await memory.CreateAsync("After");
        await memory.RelateAsync("Large", "After", "precedes");
        var pages = await memory.ReadAllAsync("read_graph", new { });
        Assert.Equal(observations.Reverse(), pages.SelectMany(p => p.Observations));
        Assert.Equal(["Large precedes After"], pages.SelectMany(p => p.Relations));
        Assert.Equal(["Before"], pages[0].Names);
        Assert.Equal("Large", (string?)pages[1].Structured!["continues"]);
        var parts = pages.Skip(1).TakeWhile(page => page.Structured!["continues"] is not null);
        Assert.All(parts.Select(EstimateOf), tokens => Assert.InRange(tokens, 3_400, 4_000));
        Assert.InRange(pages.Max(page => page.Tokens), 0, 4_000);
    }

    [Fact]
    public async Task An_observation_larger_than_a_page_is_cut_with_a_notice_and_exported_whole()
    {
        await using var memory = await MemoryGateway.StartAsync(("ANSWER_TOKENS", "4000"));
        var huge = string.Concat(Enumerable.Repeat("große Sätze ", 1_000));
        await memory.CreateAsync("Large", "t", "first", huge, "last");
        var pages = await memory.ReadAllAsync("open_nodes", new { names = new[] { "Large" } });
        Assert.InRange(pages.Max(page => page.Tokens), 0, 4_000);
        var shown = pages.SelectMany(p => p.Observations).ToArray();
        Assert.Equal(["last", "first"], [shown[0], shown[2]]);
        Assert.StartsWith("große Sätze große", shown[1], StringComparison.Ordinal);
        Assert.EndsWith($"[cut: {huge.Length} characters in all, export_graph gives them]", shown[1], StringComparison.Ordinal);
        Assert.Equal(huge, await ExportSecondObservationAsync(memory));
    }

    [Fact]
    public async Task An_entity_with_more_relations_than_a_page_holds_gives_each_once()
    {
        await using var memory = await MemoryGateway.StartAsync(("ANSWER_TOKENS", "4000"));
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
        var pages = await memory.ReadAllAsync("open_nodes", new { names = new[] { "Hub" } });
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"Hub way {i} Hub"), pages.SelectMany(p => p.Relations));
        Assert.Equal(["Hub"], pages.SelectMany(p => p.Names));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("!!")]
    [InlineData("MC4wLjAuMA")]
    public async Task A_cursor_of_nobody_is_refused_in_words(string cursor)
    {
        await using var memory = await MemoryGateway.StartAsync();
        var answer = await memory.CallAsync("read_graph", new { cursor });
        Assert.True(answer.IsError);
        Assert.StartsWith($"cursor='{cursor}' is not the nextCursor of this tool", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_cursor_of_nobody_is_not_quoted_whole()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var answer = await memory.CallAsync("read_graph", new { cursor = new string('A', 100_000) });
        Assert.True(answer.IsError);
        Assert.InRange(answer.Text.Length, 200, 500);
    }

    [Fact]
    public async Task A_cursor_of_another_query_is_refused_and_one_survives_a_change_of_the_graph()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await FillAsync(memory, 4);
        var first = await memory.CallAsync("search_nodes", """{"query":"common","limit":2}""");
        Assert.True((await memory.CallAsync("search_nodes", new { query = "entity", cursor = first.NextCursor })).IsError);
        await memory.CallAsync("delete_entities", new { entityNames = first.Names[..1] });
        var second = await memory.CallAsync("search_nodes", new { query = "common", cursor = first.NextCursor });
        Assert.Equal(2, second.Names.Length);
        Assert.Empty(first.Names.Intersect(second.Names));
    }

    /// <summary>What the gateway takes an answer for, which is more than it has.</summary>
    private static int EstimateOf(ToolAnswer answer) => 2 * TokenCounter.Count(answer.Text);

    /// <summary>Of the only entity, whose line is too long for one answer.</summary>
    private static async Task<string> ExportSecondObservationAsync(MemoryGateway memory)
    {
        var part = JsonNode.Parse((await memory.CallAsync("export_graph", "{}")).Text)!;
        var text = (string)part["observations"]![1]!;
        while (part["moreCursor"] is { } cursor)
        {
            part = JsonNode.Parse((await memory.CallAsync("read_more", new { cursor = (string)cursor! })).Text)!;
            text += string.Concat(
                part["continued"]!
                    .AsArray()
                    .Where(piece => (string)piece!["path"]! == "$.observations[1]")
                    .Select(piece => (string)piece!["value"]!)
            );
        }

        return text;
    }

    private static async Task FillAsync(MemoryGateway memory, int count, int facts = 1)
    {
        await memory.CallAsync(
            "create_entities",
            new
            {
                entities = Enumerable
                    .Range(0, count)
                    .Select(i => new
                    {
                        name = $"Entity {i} é",
                        entityType = "t",
                        observations = Enumerable.Range(0, facts).Select(fact => $"common \"word\" {i + fact}"),
                    }),
            }
        );
        await memory.CallAsync(
            "create_relations",
            new
            {
                relations = Enumerable
                    .Range(0, count)
                    .Select(i => new
                    {
                        from = $"Entity {i} é",
                        to = $"Entity {(i + 1) % count} é",
                        relationType = "follows",
                    }),
            }
        );
    }
}
