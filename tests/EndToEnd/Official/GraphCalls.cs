using System.Text.Json;
using ModelContextProtocol.Client;

namespace EndToEnd.Official;

/// <summary>Calls of either memory server, and what both say in their answers.</summary>
internal static class GraphCalls
{
    private static readonly string[] OfficialFields = ["name", "entityType", "observations", "from", "to", "relationType"];

    public static async Task<JsonElement> CallAsync(McpClient server, string tool, object arguments)
    {
        var values = JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value);
        var result = await server.CallToolAsync(tool, values, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.IsError != true, JsonSerializer.Serialize(result.Content));
        return result.StructuredContent!.Value;
    }

    public static Task<List<JsonElement>> ReadPagesAsync(McpClient server, string tool) =>
        ReadPagesAsync(server, tool, cursor => cursor is null ? new { } : new { cursor });

    public static async Task<List<JsonElement>> ReadPagesAsync(McpClient server, string tool, Func<string?, object> argumentsOf)
    {
        var pages = new List<JsonElement>();
        for (string? cursor = null; pages.Count == 0 || cursor is not null; )
        {
            pages.Add(await CallAsync(server, tool, argumentsOf(cursor)));
            cursor = pages[^1].TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        return pages;
    }

    /// <summary>Entities in their order, and the relations, which pages bring with their entities.</summary>
    public static List<string> WholeGraph(List<JsonElement> pages) =>
        [
            .. pages.SelectMany(page => Items(page, "entities")),
            .. pages.SelectMany(page => Items(page, "relations")).Order(StringComparer.Ordinal),
        ];

    /// <summary>What both servers say of each item: dates and counts are ours alone.</summary>
    public static List<string> Items(JsonElement graph, string list) =>
        [
            .. graph
                .GetProperty(list)
                .EnumerateArray()
                .Select(item =>
                    JsonSerializer.Serialize(
                        item.EnumerateObject().Where(p => OfficialFields.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value)
                    )
                ),
        ];

    public static IEnumerable<string> Names(JsonElement graph) =>
        graph.GetProperty("entities").EnumerateArray().Select(entity => entity.GetProperty("name").GetString()!);

    public static IEnumerable<string> Facts(JsonElement graph) =>
        graph
            .GetProperty("entities")
            .EnumerateArray()
            .SelectMany(entity => entity.GetProperty("observations").EnumerateArray().Select(o => $"{entity.GetProperty("name")}: {o}"));

    /// <summary>Entities and relations in their order, without what only one of the two servers says.</summary>
    public static List<string> Graph(JsonElement graph) => [.. Items(graph, "entities"), .. Items(graph, "relations")];

    /// <summary>What both servers say of the items of a list.</summary>
    public static IEnumerable<string> Essence(JsonElement list) =>
        list.EnumerateArray()
            .Select(item =>
                JsonSerializer.Serialize(
                    item.EnumerateObject()
                        .Where(p => p.Name is "entityName" or "addedObservations" || OfficialFields.Contains(p.Name))
                        .ToDictionary(p => p.Name, p => p.Value)
                )
            );
}
