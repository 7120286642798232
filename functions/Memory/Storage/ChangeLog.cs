using System.Globalization;
using System.Text.Json;
using Memory.Database;
using Memory.Graph;

namespace Memory.Storage;

/// <summary>Writes down every change with what it replaced: the memory's history, from the first day.</summary>
internal sealed class ChangeLog(Space space, Counters counters, TimeProvider time, string by)
{
    private long? call;

    /// <summary>When this call changes the graph, in UTC.</summary>
    public string Now { get; } = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public void Created(Entity entity) => Write("create_entity", entity.Name, null, ToJson(entity));

    public void Deleted(Entity entity) => Write("delete_entity", entity.Name, ToJson(entity), null);

    public void Created(Relation relation) => Write("create_relation", relation.From, null, ToJson(relation));

    public void Deleted(Relation relation) => Write("delete_relation", relation.From, ToJson(relation), null);

    public void Added(string entity, IReadOnlyList<string> observations) => Write("add_observations", entity, null, ToJson(observations));

    public void Deleted(string entity, IReadOnlyList<string> observations) =>
        Write("delete_observations", entity, ToJson(observations), null);

    public void Renewed(string entity, IReadOnlyList<string> observations) =>
        Write("renew_observations", entity, ToJson(observations), ToJson(observations));

    public void Renamed(string from, string to) => Write("rename_entity", to, ToJson([from]), ToJson([to]));

    public void Retyped(string entity, string from, string to) => Write("set_entity_type", entity, ToJson([from]), ToJson([to]));

    private void Write(string operation, string subject, string? before, string? after)
    {
        var seq = counters.Next("log");
        space.Run(
            "INSERT INTO log (namespace, seq, call, at, by, operation, subject, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            seq,
            call ??= seq,
            Now,
            by,
            operation,
            subject,
            before,
            after
        );
    }

    private static string ToJson(Entity entity) => JsonSerializer.Serialize(entity, MemoryJson.Readable.Entity);

    private static string ToJson(Relation relation) => JsonSerializer.Serialize(relation, MemoryJson.Readable.Relation);

    private static string ToJson(IReadOnlyList<string> observations) =>
        JsonSerializer.Serialize(observations, MemoryJson.Readable.IReadOnlyListString);
}
