using System.Text.Json;
using McpGateway.Text;
using Memory.Database;
using Memory.Graph;

namespace Memory.Storage;

/// <summary>Reads the log of changes.</summary>
internal sealed class GraphHistory(Space space)
{
    private const int MostTexts = 20;
    private const int LongestText = 300;

    /// <summary>A change as it is logged.</summary>
    public sealed record Entry(long Seq, long Call, string At, string By, string Operation, string Subject, string? Before, string? After)
    {
        public IReadOnlyList<LoggedFact> FactsBefore => FactsOf(Before);

        public IReadOnlyList<LoggedFact> FactsAfter => FactsOf(After);

        public LoggedEntity Entity => JsonSerializer.Deserialize((Before ?? After)!, MemoryJson.Readable.LoggedEntity)!;

        public LoggedRelation Relation => JsonSerializer.Deserialize((Before ?? After)!, MemoryJson.Readable.LoggedRelation)!;

        /// <summary>The names of the entities it changed.</summary>
        public IReadOnlyList<string> Entities =>
            Operation switch
            {
                "create_relation" or "delete_relation" => [Relation.From, Relation.To],
                "rename_entity" => [FactsBefore[0].Text, Subject],
                _ => [Subject],
            };

        private static IReadOnlyList<LoggedFact> FactsOf(string? json) =>
            json is null ? [] : JsonSerializer.Deserialize(json, MemoryJson.Readable.IReadOnlyListLoggedFact)!;
    }

    /// <summary>Changes before a number, newest first.</summary>
    /// <param name="since">The first moment that counts, as stored.</param>
    /// <param name="until">The first moment that counts no more.</param>
    public IEnumerable<Entry> Recent(long before, string? since, string? until) =>
        Read(
            "SELECT * FROM log WHERE namespace = ?1 AND seq < ?2 AND at >= ?3 AND at < ?4 ORDER BY seq DESC",
            before,
            since ?? "",
            until ?? "9999"
        );

    /// <summary>Changes after a number, oldest first.</summary>
    public IEnumerable<Entry> After(long seq) => Read("SELECT * FROM log WHERE namespace = ?1 AND seq > ?2 ORDER BY seq", seq);

    /// <summary>The number of the last change, 0 before the first.</summary>
    public long LastSeq() => space.Scalar("SELECT seq FROM log WHERE namespace = ?1 ORDER BY seq DESC LIMIT 1") as long? ?? 0;

    /// <summary>
    /// Changes of an entity before a number, newest first, also under the names it had. Which those are is known from the last change on alone.
    /// </summary>
    public IEnumerable<Entry> OfEntity(string name, long before) => OfEntityUntil(name, long.MaxValue).Where(entry => entry.Seq < before);

    private IEnumerable<Entry> OfEntityUntil(string name, long seq)
    {
        var isCreated = false;
        foreach (
            var entry in Read(
                    "SELECT * FROM log INDEXED BY log_subject WHERE namespace = ?1 AND subject = ?2 AND seq < ?3 ORDER BY seq DESC",
                    name,
                    seq
                )
                .ToList()
        )
        {
            if (isCreated && entry.Operation != "delete_entity")
            {
                // Of another that had the name before, and has been renamed.
                yield break;
            }

            isCreated = entry.Operation == "create_entity";
            yield return entry;
            if (entry.Operation == "rename_entity")
            {
                foreach (var earlier in OfEntityUntil(entry.FactsBefore[0].Text, entry.Seq))
                {
                    yield return earlier;
                }

                yield break;
            }
        }
    }

    /// <summary>The renamings after a change, oldest first.</summary>
    public IEnumerable<Entry> RenamingsAfter(long seq) =>
        Read("SELECT * FROM log WHERE namespace = ?1 AND seq > ?2 AND operation = 'rename_entity' ORDER BY seq", seq);

    /// <summary>The changes of a call, last first.</summary>
    public IReadOnlyList<Entry> OfCall(long call) =>
        [
            .. Read(
                "SELECT * FROM log WHERE namespace = ?1 AND seq >= ?2 AND call = ?2 AND seq < coalesce((SELECT min(seq) FROM log "
                    + "WHERE namespace = ?1 AND seq > ?2 AND call <> ?2), 9223372036854775807) ORDER BY seq DESC",
                call
            ),
        ];

    /// <summary>The call that changed something last, or null.</summary>
    public long? LastCall() => space.Scalar("SELECT call FROM log WHERE namespace = ?1 ORDER BY seq DESC LIMIT 1") as long?;

    /// <summary>A change as answers show it, long texts cut.</summary>
    public static Change ToChange(Entry entry) =>
        entry.Operation switch
        {
            "create_entity" or "delete_entity" => Show(
                entry,
                entry.Before is null ? null : TextsOf(entry.Entity),
                entry.After is null ? null : TextsOf(entry.Entity)
            ),
            "create_relation" or "delete_relation" => Show(
                entry,
                entry.Before is null ? null : TextsOf(entry.Relation),
                entry.After is null ? null : TextsOf(entry.Relation)
            ),
            _ => Show(
                entry,
                entry.Before is null ? null : [.. entry.FactsBefore.Select(ToText)],
                entry.After is null ? null : [.. entry.FactsAfter.Select(ToText)]
            ),
        };

    private static string[] TextsOf(LoggedEntity entity) => [$"type: {entity.EntityType}", .. entity.Observations.Select(ToText)];

    private static string[] TextsOf(LoggedRelation relation) => [$"{relation.From} {relation.RelationType} {relation.To}"];

    private static string ToText(LoggedFact fact) =>
        fact.Until is null ? fact.Text : $"{fact.Text} (valid until {Moments.LastBefore(fact.Until)})";

    private static Change Show(Entry entry, IReadOnlyList<string>? before, IReadOnlyList<string>? after) =>
        new(entry.Call, entry.At, entry.By, entry.Operation, entry.Subject, Shorten(before), Shorten(after));

    private static List<string>? Shorten(IReadOnlyList<string>? texts) =>
        texts is null
            ? null
            :
            [
                .. texts.Take(MostTexts).Select(t => Cut.To(t, LongestText)),
                .. texts.Count > MostTexts ? [$"… {texts.Count - MostTexts} more"] : Array.Empty<string>(),
            ];

    private IEnumerable<Entry> Read(string sql, params object?[] values)
    {
        using var rows = space.Stream(
            sql.Replace("SELECT *", "SELECT seq, call, at, by, operation, subject, before, after", StringComparison.Ordinal),
            values
        );
        while (rows.Read())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            yield return new(
                rows.Number(0),
                rows.Number(1),
                rows.Text(2),
                rows.Text(3),
                rows.Text(4),
                rows.Text(5),
                rows.IsNull(6) ? null : rows.Text(6),
                rows.IsNull(7) ? null : rows.Text(7)
            );
        }
    }
}
