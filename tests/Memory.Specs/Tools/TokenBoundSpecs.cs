using System.Text.Json;
using McpGateway.Testing;

namespace Memory.Specs.Tools;

/// <summary>Whatever is remembered, no response has more than 20,000 tokens, in both of its forms together, and none of it is lost.</summary>
public sealed class TokenBoundSpecs
{
    public static TheoryData<string> Kinds => [.. SampleTexts.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_fit_whole_and_go_on_without_loss_or_doubling(string kind)
    {
        await using var memory = await MemoryGateway.StartAsync();
        var facts = Enumerable.Range(0, 240).Select(i => $"{i} {SampleTexts.All[kind](400).Replace('\uFFFD', '?')}").ToList();
        for (var i = 0; i < 12; i++)
        {
            await memory.CreateAsync($"Entity {i}", kind, [.. facts.Skip(20 * i).Take(20)]);
        }

        foreach (
            var (tool, arguments) in new (string, object)[]
            {
                ("read_graph", new { }),
                ("open_nodes", new { names = Enumerable.Range(0, 12).Select(i => $"Entity {i}") }),
            }
        )
        {
            var pages = await memory.ReadAllAsync(tool, arguments);
            Assert.All(pages, page => Assert.InRange(page.Tokens, 1, O200k.Most));
            Assert.All(pages, page => Assert.DoesNotContain("moreCursor", page.Text, StringComparison.Ordinal));
            Assert.Equal(facts.Order(StringComparer.Ordinal), pages.SelectMany(page => page.Observations).Order(StringComparer.Ordinal));
        }

        foreach (
            var (tool, arguments) in new (string, object)[]
            {
                ("export_graph", new { }),
                ("recent_changes", new { limit = 200 }),
                ("list_entities", new { }),
            }
        )
        {
            Assert.InRange((await memory.CallAsync(tool, arguments)).Tokens, 1, O200k.Most);
        }

        Assert.InRange((await memory.CallAsync("search_nodes", new { query = facts[7] })).Tokens, 1, O200k.Most);
        Assert.InRange((await memory.CallAsync("fetch", new { id = "Entity 0" })).Tokens, 1, O200k.Most);
    }

    [Fact]
    public async Task No_tool_answers_more_whatever_is_remembered()
    {
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_TOOLSETS", "all"));
        foreach (var kind in SampleTexts.Kinds)
        {
            var facts = Enumerable.Range(0, 40).Select(i => $"{i} {SampleTexts.All[kind](1_500).Replace('\uFFFD', '?')}");
            await memory.CreateAsync($"Entity {kind}", "thing", [.. facts]);
            await memory.RelateAsync($"Entity {kind}", "Entity English", "knows");
        }

        var calls = new TokenBoundCalls(new(memory.Gateway, token: null), upstream: null)
        {
            Cases = new()
            {
                Samples = new Dictionary<string, string>
                {
                    ["names"] = JsonSerializer.Serialize(SampleTexts.Kinds.Select(kind => $"Entity {kind}")),
                    ["name"] = "\"Entity English\"",
                    ["entityName"] = "\"Entity English\"",
                    ["id"] = "\"Entity Japanese\"",
                    ["query"] = "\"thing equal dignity\"",
                    ["cursor"] = "\"\"",
                },
            },
        };
        var report = await calls.RunAsync(_ => Task.CompletedTask, rounds: 1);
        Assert.Empty(report.TooLarge);
        Assert.True(report.Large.Count > 3, $"{report.Calls} calls; small:\n{string.Join('\n', report.Small)}");
    }

    [Fact]
    public async Task What_was_created_is_counted_where_an_answer_does_not_hold_it()
    {
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_TOOLSETS", "all"));
        var entities = Enumerable
            .Range(0, 1_500)
            .Select(i => new
            {
                name = $"Person {i}",
                entityType = "person",
                observations = new[] { $"was seen on day {i} with a kite in the hills behind the town" },
            });
        var created = await memory.CallAsync("create_entities", new { entities });
        var relations = Enumerable
            .Range(0, 1_499)
            .Select(i => new
            {
                from = $"Person {i}",
                to = $"Person {i + 1}",
                relationType = "knows",
            });
        var related = await memory.CallAsync("create_relations", new { relations });
        foreach (
            var (answer, list, omitted, all) in new[]
            {
                (created, "entities", "entitiesOmitted", 1_500),
                (related, "relations", "relationsOmitted", 1_499),
            }
        )
        {
            var shown = answer.Structured![list]!.AsArray().Count;
            Assert.InRange(shown, 100, all - 100);
            Assert.Equal(all, shown + (int)answer.Structured[omitted]!);
            Assert.Contains($"{all - shown} more were created: they are not shown.", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("moreCursor", answer.Body, StringComparison.Ordinal);
            Assert.InRange(answer.Tokens, 1, O200k.Most);
        }

        var stats = (await memory.CallAsync("memory_stats", "{}")).Structured!;
        Assert.Equal((1_500, 1_499), ((int)stats["entities"]!, (int)stats["relations"]!));
        Assert.Equal("Person 1499", (await memory.SearchAsync("day 1499"))[0]);
    }

    [Theory]
    [InlineData("delete_entities", """{"entityNames":[]}""", "No entities were named: nothing was deleted")]
    [InlineData("delete_relations", """{"relations":[]}""", "No relations were named: nothing was deleted")]
    [InlineData(
        "delete_observations",
        """{"deletions":[{"entityName":"Mara","observations":[]}]}""",
        "No observations were named: nothing was deleted"
    )]
    public async Task A_deletion_of_nothing_does_not_say_that_it_succeeded(string tool, string arguments, string said)
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Mara");
        var answer = await memory.CallAsync(tool, arguments);
        Assert.Equal(said, answer.Text);
        Assert.False((bool)answer.Structured!["success"]!);
        Assert.Equal(["Mara"], (await memory.CallAsync("read_graph", "{}")).Names);
    }
}
