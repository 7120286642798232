using System.Text.Json;
using Memory.Database;
using Memory.Graph;

namespace Memory.Storage;

/// <summary>Writes down every change with what it replaced: the memory's history, from the first day.</summary>
internal sealed class ChangeLog(Space space, Counters counters, string by)
{
    private static readonly Insertion Rows = new(
        "INSERT INTO log (namespace, seq, call, at, by, operation, subject, before, after)",
        columns: 8
    );

    private readonly WaitingRows rows = new(space, Rows);
    private long? call;

    /// <summary>When this call changes the graph, in UTC.</summary>
    public string Now => space.Now;

    public void Created(LoggedEntity entity) => Write("create_entity", entity.Name, null, ToJson(entity));

    public void Deleted(LoggedEntity entity) => Write("delete_entity", entity.Name, ToJson(entity), null);

    public void Created(Relation relation) =>
        Write("create_relation", relation.From, null, ToJson(new LoggedRelation(relation.From, relation.To, relation.RelationType)));

    public void Deleted(LoggedRelation relation) => Write("delete_relation", relation.From, ToJson(relation), null);

    public void Added(string entity, IReadOnlyList<LoggedFact> facts) => Write("add_observations", entity, null, ToJson(facts));

    public void Deleted(string entity, IReadOnlyList<LoggedFact> facts) => Write("delete_observations", entity, ToJson(facts), null);

    public void Renewed(string entity, IReadOnlyList<LoggedFact> before, IReadOnlyList<LoggedFact> after) =>
        Write("renew_observations", entity, ToJson(before), ToJson(after));

    public void Renamed(string from, string to) => Write("rename_entity", to, ToJson([new(from)]), ToJson([new(to)]));

    public void Retyped(string entity, string from, string to) => Write("set_entity_type", entity, ToJson([new(from)]), ToJson([new(to)]));

    /// <summary>Stores what is written down; nobody reads it within the transaction that does.</summary>
    public void Flush() => rows.Flush();

    private void Write(string operation, string subject, string? before, string? after)
    {
        var seq = counters.Next("log");
        rows.Add(seq, call ??= seq, Now, by, operation, subject, before, after);
    }

    private static string ToJson(LoggedEntity entity) => JsonSerializer.Serialize(entity, MemoryJson.Readable.LoggedEntity);

    private static string ToJson(LoggedRelation relation) => JsonSerializer.Serialize(relation, MemoryJson.Readable.LoggedRelation);

    private static string ToJson(IReadOnlyList<LoggedFact> facts) =>
        JsonSerializer.Serialize(facts, MemoryJson.Readable.IReadOnlyListLoggedFact);
}
