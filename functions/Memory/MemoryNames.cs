using System.Globalization;
using System.Text.Json;
using McpGateway;
using McpGateway.Text;
using McpGateway.Tools.Guards;
using Memory.Storage;
using Microsoft.Extensions.Options;

namespace Memory;

/// <summary>What stands behind the entities and calls that arguments name: how much would go or change.</summary>
internal static class MemoryNames
{
    public static ThingNames All { get; } =
        new ThingNames()
            .Add("entityNames", call => call.EachAsync("entityNames", name => EntityAsync(call, name)))
            .Add("entityName", call => EntityAsync(call, call.Text("entityName")))
            .Add(
                "from",
                call =>
                    call.Find("from") is { } name ? EntityAsync(call, name) : call.EachAsync("from", merged => EntityAsync(call, merged))
            )
            .Add("to", call => EntityAsync(call, call.Text("to")))
            .Add("into", call => EntityAsync(call, call.Text("into")))
            .Add(
                "deletions",
                call => call.EachObjectAsync("deletions", deletion => EntityAsync(call, deletion.GetProperty("entityName").GetString()!))
            )
            .Add("updates", call => call.EachObjectAsync("updates", update => FactAsync(call, update)))
            .AddEvenWithout("call", call => call.Tool == "undo_changes" ? ChangesAsync(call) : Task.FromResult<string?>(null));

    private static Task<string?> EntityAsync(ThingCall call, string name) =>
        call.Get<MemoryStore>()
            .ReadAsync(
                graph =>
                    graph.FindEntities([name]) is [var id]
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"{name} ({TypeOf(graph.EntityOf(id))}{CountOf(graph.FactsOf(id).Count)})"
                        )
                        : $"{name} (not there)",
                call.Cancellation
            )!;

    // Its beginning names a fact: what would go is all of it.
    private static Task<string?> FactAsync(ThingCall call, JsonElement update)
    {
        var (name, given) = (update.GetProperty("entityName").GetString()!, update.GetProperty("oldObservation").GetString()!);
        return call.Get<MemoryStore>()
            .ReadAsync(
                graph =>
                {
                    var facts = graph.FindEntities([name]) is [var id] ? graph.FactsOf(id).Select(fact => fact.Text).ToList() : [];
                    var meant = facts.Contains(given, StringComparer.Ordinal)
                        ? [given]
                        : facts.Where(fact => fact.StartsWith(given, StringComparison.Ordinal)).ToList();
                    return meant is [var whole] ? $"{name}: {whole}" : $"{name}: {given} (not there)";
                },
                call.Cancellation
            )!;
    }

    private static Task<string?> ChangesAsync(ThingCall call) =>
        call.Get<MemoryStore>()
            .ReadAsync(
                graph =>
                {
                    var history = new GraphHistory(graph.Space);
                    var wanted = call.Find("call") is { } number ? long.Parse(number, CultureInfo.InvariantCulture) : history.LastCall();
                    var entries = wanted is { } known ? history.OfCall(known) : [];
                    if (entries.Count == 0)
                    {
                        return null;
                    }

                    var at = DateTimeOffset.Parse(entries[^1].At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                    return $"{Moment.Exact(at, call.Get<IOptions<GatewayOptions>>().Value.Zone)} by {entries[^1].By}: "
                        + string.Join(
                            ", ",
                            entries
                                .GroupBy(entry => entry.Operation)
                                .Select(same =>
                                    $"{same.Key.Replace('_', ' ')} of {string.Join(", ", same.Select(entry => entry.Subject).Distinct().Take(5))}"
                                )
                        );
                },
                call.Cancellation
            );

    private static string TypeOf(Graph.StoredEntity entity) => entity.EntityType.Length == 0 ? "" : $"{entity.EntityType}, ";

    private static string CountOf(int facts) => string.Create(CultureInfo.InvariantCulture, $"{facts} fact{(facts == 1 ? "" : "s")}");
}
