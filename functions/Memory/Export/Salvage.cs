using System.Text.Json;
using Memory.Database;
using Memory.Graph;
using Memory.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Export;

/// <summary>
/// Reads what can be read of a damaged file: every table from both of its ends up to the damage, each entity by itself, what the indexes hold of
/// a table that is damaged, and from the change log what is missing then. What is lost is told, and so is what may have been deleted.
/// </summary>
internal sealed class Salvage(Space space)
{
    /// <summary>The type of entities of which only the name could be read.</summary>
    private const string UnknownType = "unknown";

    private const int MostNamed = 20;

    private readonly List<string> restored = [];
    private readonly List<string> doubtful = [];
    private LoggedGraph? logged;

    /// <summary>What could not be read, in words.</summary>
    public List<string> Losses { get; } = [];

    /// <summary>Each namespace that can be named.</summary>
    public static IReadOnlyList<(string Name, long Id)> Spaces(Session session)
    {
        var found = new List<(string, long)>();
        Try(() =>
        {
            using var rows = session.Read("SELECT name, id FROM namespace ORDER BY id");
            while (rows.Read())
            {
                found.Add((rows.Text(0), rows.Number(1)));
            }
        });
        return found.Count > 0 ? found : [(Database.Spaces.Default, 1)];
    }

    public IEnumerable<string> Lines(GraphLines lines)
    {
        logged = ReadLog();
        var exported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, name) in Names())
        {
            if (LineOf(lines, id, name) is { } line)
            {
                exported.Add(name);
                yield return line;
            }
        }

        foreach (var (name, entity) in logged?.Entities.Where(pair => !exported.Contains(pair.Key)) ?? [])
        {
            restored.Add(name);
            yield return lines.LineOf(new(name, entity.EntityType, []), [.. logged!.FactsOf(name).Values], null, entity.Created);
        }

        foreach (var relation in Relations())
        {
            yield return lines.LineOf(relation);
        }

        Tell("was taken from the change log, as it is missing in the tables", restored);
        Tell("was deleted by the change log, and was exported because it is stored", doubtful);
        if (logged is null)
        {
            Losses.Add(
                "The change log cannot be read as a whole: what is missing altogether is not known, nor is what was deleted and came back."
            );
        }
    }

    /// <summary>What the change log says is stored; null where it does not say all.</summary>
    private LoggedGraph? ReadLog()
    {
        LoggedGraph? read = null;
        var last = 0L;
        Try(() => last = new Counters(space).Last("log"));
        Try(() => read = LoggedGraph.Read(new(space), last));
        return read;
    }

    private SortedDictionary<long, string> Names()
    {
        var names = new SortedDictionary<long, string>();
        if (
            !Collect(
                "SELECT id, name FROM entity WHERE namespace = ?1 ORDER BY id",
                "SELECT id, name FROM entity WHERE namespace = ?1 ORDER BY id DESC"
            )
            // The index may hold what was deleted, but for what could not be read it is all there is.
            && !Collect(
                "SELECT id, name FROM entity INDEXED BY entity_name WHERE namespace = ?1 ORDER BY name",
                "SELECT id, name FROM entity INDEXED BY entity_name WHERE namespace = ?1 ORDER BY name DESC"
            )
            && logged is null
        )
        {
            Losses.Add("some entities may be missing");
        }

        return names;

        bool Collect(string forwards, string backwards) =>
            ReadAll(forwards, rows => names.TryAdd(rows.Number(0), rows.Text(1)))
            & ReadAll(backwards, rows => names.TryAdd(rows.Number(0), rows.Text(1)));
    }

    /// <summary>An entity with its facts; null where it is in the index alone, without the table being damaged there.</summary>
    private string? LineOf(GraphLines lines, long id, string name)
    {
        var known = logged?.Entities.GetValueOrDefault(name);
        var (type, created, isThere) = (known?.EntityType, known?.Created, false);
        var isRead = ReadAll(
            "SELECT type, created FROM entity WHERE namespace = ?1 AND id = ?2",
            rows => (type, created, isThere) = (rows.Text(0), rows.Text(1), true),
            id
        );
        if (isRead && !isThere)
        {
            return null;
        }

        var facts = FactsOf(id, out var areWhole);
        if (known is null && logged is not null)
        {
            doubtful.Add(name);
        }
        else if (logged is not null)
        {
            var texts = facts.Select(fact => fact.Text).ToHashSet(StringComparer.Ordinal);
            var byLog = logged.FactsOf(name);
            doubtful.AddRange(texts.Where(text => !byLog.ContainsKey(text)).Select(text => $"{name}: {text}"));
            foreach (var fact in byLog.Values.Where(fact => !texts.Contains(fact.Text)))
            {
                facts.Add(fact);
                restored.Add($"{name}: {fact.Text}");
            }
        }
        else if (type is null || !areWhole)
        {
            Losses.Add($"{name}: {(type is null ? "its type" : "some facts")} could not be read");
        }

        return lines.LineOf(new(name, type ?? UnknownType, []), facts, id, created);
    }

    private List<Fact> FactsOf(long entity, out bool areWhole)
    {
        var facts = new SortedDictionary<long, Fact>();
        areWhole = true;
        foreach (
            var order in (string[])
                [
                    "SELECT id, text, created, until FROM observation WHERE namespace = ?1 AND id BETWEEN ?2 AND ?3 ORDER BY id",
                    "SELECT id, text, created, until FROM observation WHERE namespace = ?1 AND id BETWEEN ?2 AND ?3 ORDER BY id DESC",
                ]
        )
        {
            areWhole &= ReadAll(
                order,
                rows => facts.TryAdd(rows.Number(0), new(rows.Number(0), rows.Text(1), rows.Text(2), rows.IsNull(3) ? null : rows.Text(3))),
                TextId.FirstObservationOf(entity),
                TextId.LastObservationOf(entity)
            );
        }

        return [.. facts.Values];
    }

    private IEnumerable<StoredRelation> Relations()
    {
        var relations = new SortedDictionary<long, StoredRelation>();
        if (
            !Collect(
                "SELECT id, source, target, type, created FROM relation WHERE namespace = ?1 ORDER BY id",
                "SELECT id, source, target, type, created FROM relation WHERE namespace = ?1 ORDER BY id DESC"
            )
        )
        {
            var ofTable = relations.Keys.ToHashSet();
            var isWhole = Collect(
                "SELECT id, source, target, type, '' FROM relation INDEXED BY relation_triple WHERE namespace = ?1 ORDER BY source, target, type",
                "SELECT id, source, target, type, '' FROM relation INDEXED BY relation_triple WHERE namespace = ?1 ORDER BY source DESC, target DESC, type DESC"
            );
            foreach (var id in relations.Keys.Where(id => !ofTable.Contains(id) && IsGone(id)).ToList())
            {
                relations.Remove(id);
            }

            if (!isWhole && logged is null)
            {
                Losses.Add("some relations may be missing");
            }
        }

        foreach (var stored in relations.Values)
        {
            if (logged is not null && !logged.Relations.ContainsKey(stored.Relation))
            {
                doubtful.Add(ToText(stored.Relation));
            }

            yield return stored;
        }

        var known = relations.Values.Select(stored => stored.Relation).ToHashSet();
        foreach (var (relation, at) in logged?.Relations.Where(pair => !known.Contains(pair.Key)) ?? [])
        {
            restored.Add(ToText(relation));
            yield return new(0, relation, null, null, at);
        }

        bool Collect(string forwards, string backwards) => ReadAll(forwards, Take) & ReadAll(backwards, Take);

        void Take(IRows rows) =>
            relations.TryAdd(rows.Number(0), new(rows.Number(0), new(rows.Text(1), rows.Text(2), rows.Text(3)), null, null, rows.Text(4)));
    }

    /// <summary>Whether the table is not damaged where a relation would be, and it is not there.</summary>
    private bool IsGone(long relation)
    {
        var isThere = false;
        return ReadAll("SELECT 1 FROM relation WHERE namespace = ?1 AND id = ?2", _ => isThere = true, relation) && !isThere;
    }

    private void Tell(string what, List<string> those)
    {
        if (those.Count > 0)
        {
            var more = those.Count > MostNamed ? $"; and {those.Count - MostNamed} more" : "";
            Losses.Add(
                $"{those.Count} {(those.Count == 1 ? "item" : "items")}: {string.Join("; ", those.Take(MostNamed))}{more}. Each {what}."
            );
        }
    }

    private static string ToText(Relation relation) => $"{relation.From} {relation.RelationType} {relation.To}";

    /// <returns>False when the file is damaged there.</returns>
    private bool ReadAll(string sql, Action<IRows> take, params object?[] values) =>
        Try(() =>
        {
            using var rows = space.Read(sql, values);
            while (rows.Read())
            {
                take(rows);
            }
        });

    /// <returns>False when the file is damaged there.</returns>
    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is SqliteException or JsonException)
        {
            return false;
        }
    }
}
