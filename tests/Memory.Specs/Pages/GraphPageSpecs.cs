using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Memory.Specs.Pages;

/// <summary>What the picture of the graph is drawn from, and what stands in its place without script.</summary>
public sealed partial class GraphPageSpecs
{
    [Fact]
    public async Task A_small_graph_is_shown_entity_by_entity()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(
            """
            {"type":"entity","name":"Ada","entityType":"person","observations":["likes tea","likes rain"],"createdAt":"2026-01-02T00:00:00.000Z"}
            {"type":"entity","name":"Bo","entityType":"person","observations":[]}
            {"type":"entity","name":"Cy","entityType":"person","observations":[]}
            {"type":"relation","from":"Ada","to":"Bo","relationType":"knows"}
            {"type":"relation","from":"Bo","to":"Bo","relationType":"knows"}
            """
        );
        var document = JsonNode.Parse(await console.Browser.ReadAsync("/console/memory/graph.json"))!;
        Assert.Equal(("entities", 3), ((string?)document["kind"], (int)document["total"]!));
        Assert.Equal(
            ["Ada 1", "Bo 2", "Cy 0"],
            document["entities"]!.AsArray().Select(entity => $"{entity!["name"]} {entity["relations"]}")
        );
        Assert.Equal(
            ["0 knows 1", "1 knows 1"],
            document["relations"]!.AsArray().Select(relation => $"{relation!["from"]} {relation["type"]} {relation["to"]}")
        );
        var ada = JsonNode.Parse(await console.Browser.ReadAsync("/console/memory/entity.json?name=Ada"))!;
        Assert.Equal(["likes tea", "likes rain"], ada["observations"]!.AsArray().Select(fact => (string?)fact));
        Assert.Equal("""{"names":["Ada"]}""", await console.Browser.ReadAsync("/console/memory/found.json?q=rain"));
        // Without script: what has most relations, and its picture.
        var page = await console.Browser.ReadAsync("/console/memory/graph");
        Assert.Contains("<svg class=\"ego\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Bo and its neighbours\"", page, StringComparison.Ordinal);
        Assert.Equal(
            ["Bo 2 relations", "Ada 1 relation", "Cy 0 relations"],
            Listed().Matches(page).Select(entity => $"{entity.Groups["name"]} {entity.Groups["relations"]}")
        );
        Assert.Contains(
            "aria-label=\"Ada and its neighbours\"",
            await console.Browser.ReadAsync("/console/memory/graph?name=Ada"),
            StringComparison.Ordinal
        );
    }

    // To fill it takes a minute in PostgreSQL, and nothing of the picture is the database's.
    [Fact, Trait("store", "own")]
    public async Task A_large_graph_is_shown_as_groups_that_open()
    {
        await using var console = await MemoryConsole.OpenAsync();
        await console.ImportAsync(Circles(circles: 70, members: 100, loners: 50));
        var document = JsonNode.Parse(await console.Browser.ReadAsync("/console/memory/graph.json"))!;
        Assert.Equal(("clusters", 7_050), ((string?)document["kind"], (int)document["total"]!));
        var clusters = document["entities"]!.AsArray().Select(cluster => cluster!).ToList();
        Assert.Equal(7_050, clusters.Sum(cluster => (int)cluster["entities"]!));
        Assert.Equal(71, clusters.Count);
        Assert.Equal(50, (int)clusters.Single(cluster => (string?)cluster["name"] == "hermit, on their own")["entities"]!);
        var circle = clusters.Single(cluster => (string?)cluster["name"] == "Hub 7");
        Assert.Equal(("person", 100), ((string?)circle["type"], (int)circle["entities"]!));
        // A search leads to the groups.
        var found = JsonNode.Parse(await console.Browser.ReadAsync("/console/memory/found.json?q=Hub%207&clusters=1"))!;
        Assert.Equal(found["names"]!.AsArray().Count, found["clusters"]!.AsArray().Count);
        Assert.Equal(
            (string?)circle["cluster"],
            (string?)found["clusters"]![found["names"]!.AsArray().Select(name => (string?)name).ToList().IndexOf("Hub 7")]
        );
        Assert.Equal("""{"names":[]}""", await console.Browser.ReadAsync("/console/memory/found.json?q=zzzz&clusters=1"));
        var opened = JsonNode.Parse(
            await console.Browser.ReadAsync($"/console/memory/graph.json?cluster={Uri.EscapeDataString((string)circle["cluster"]!)}")
        )!;
        Assert.Equal("entities", (string?)opened["kind"]);
        Assert.Equal(100, opened["entities"]!.AsArray().Count);
        Assert.All(opened["entities"]!.AsArray(), entity => Assert.Matches("^(Hub 7|Member 7 .*)$", (string?)entity!["name"]));
        // The same graph falls into the same groups.
        Assert.Equal(
            document.ToJsonString(),
            JsonNode.Parse(await console.Browser.ReadAsync("/console/memory/graph.json"))!.ToJsonString()
        );
    }

    [Fact]
    public async Task Pages_stay_light_whatever_is_stored()
    {
        await using var console = await MemoryConsole.OpenAsync();
        var lines = new StringBuilder();
        var facts = string.Join(',', Enumerable.Range(0, 600).Select(i => $"\"fact {i} {new string('x', i == 5 ? 200_000 : 400)}\""));
        lines.AppendLine($$"""{"type":"entity","name":"Hub","entityType":"person","observations":[{{facts}}]}""");
        for (var i = 0; i < 1_500; i++)
        {
            lines.AppendLine(
                $$"""{"type":"entity","name":"Member {{i}} {{new string('m', 60)}}","entityType":"type {{i % 300}}","observations":["knows fact {{i}}"]}"""
            );
            lines.AppendLine($$"""{"type":"relation","from":"Hub","to":"Member {{i}} {{new string('m', 60)}}","relationType":"has"}""");
        }

        await console.ImportAsync(lines.ToString());
        foreach (
            var path in (string[])
                [
                    "",
                    "?q=fact",
                    "?q=Hub",
                    "?type=person",
                    "/entity?name=Hub",
                    "/graph",
                    "/changes",
                    "/changes?entity=Hub",
                    "/duplicates",
                    "/transfer",
                    "/merge?from=Hub",
                ]
        )
        {
            Assert.InRange((await console.Browser.ReadAsync($"/console/memory{path}")).Length, 1_000, 100_000);
        }
    }

    /// <summary>Circles of people around one each, a relation between neighbouring circles, and people on their own.</summary>
    private static string Circles(int circles, int members, int loners)
    {
        var lines = new StringBuilder();
        for (var circle = 0; circle < circles; circle++)
        {
            Entity($"Hub {circle}", "person");
            for (var member = 1; member < members; member++)
            {
                Entity($"Member {circle} {member}", "person");
                Relation($"Member {circle} {member}", $"Hub {circle}");
                Relation($"Member {circle} {member}", $"Member {circle} {Math.Max(1, member - 1)}");
            }

            if (circle > 0)
            {
                Relation($"Member {circle} 1", $"Member {circle - 1} 1");
            }
        }

        for (var loner = 0; loner < loners; loner++)
        {
            Entity($"Loner {loner}", "hermit");
        }

        return lines.ToString();

        void Entity(string name, string type) =>
            lines.AppendLine($$"""{"type":"entity","name":"{{name}}","entityType":"{{type}}","observations":[]}""");

        void Relation(string from, string to) =>
            lines.AppendLine($$"""{"type":"relation","from":"{{from}}","to":"{{to}}","relationType":"knows"}""");
    }

    [GeneratedRegex("<li><a [^>]*>(?<name>[^<]*)</a> <span class=\"soft\">[^<]*, (?<relations>[0-9,]+ relations?)</span></li>")]
    private static partial Regex Listed();
}
