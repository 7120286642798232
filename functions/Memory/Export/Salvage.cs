using Memory.Database;
using Memory.Graph;
using Memory.Sqlite;
using Microsoft.Data.Sqlite;

namespace Memory.Export;

/// <summary>
/// Reads what can be read of a damaged file: every table and index from both of its ends up to the damage, and each entity by
/// itself. What is lost is counted.
/// </summary>
internal sealed class Salvage(Space space)
{
    /// <summary>The type of entities of which only the name could be read.</summary>
    private const string UnknownType = "unknown";

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
        var names = new Dictionary<long, string>();
        Collect("SELECT id, name FROM entity WHERE namespace = ?1 ORDER BY id", r => names.TryAdd(r.Number(0), r.Text(1)));
        Collect("SELECT id, name FROM entity WHERE namespace = ?1 ORDER BY id DESC", r => names.TryAdd(r.Number(0), r.Text(1)));
        Collect(
            "SELECT id, name FROM entity INDEXED BY entity_name WHERE namespace = ?1 ORDER BY name",
            r => names.TryAdd(r.Number(0), r.Text(1))
        );
        Collect(
            "SELECT id, name FROM entity INDEXED BY entity_name WHERE namespace = ?1 ORDER BY name DESC",
            r => names.TryAdd(r.Number(0), r.Text(1))
        );
        foreach (var (id, name) in names.OrderBy(n => n.Key))
        {
            var head = new StoredEntity(name, UnknownType, []);
            string? created = null;
            var isWhole = Try(() =>
            {
                var graph = new GraphReader(space);
                head = graph.EntityOf(id);
                created = graph.CreatedAt(id);
            });
            var facts = FactsOf(id, out var areWhole);
            if (!isWhole || !areWhole)
            {
                Losses.Add($"{name}: {(isWhole ? "some facts" : "its type")} could not be read");
            }

            yield return lines.LineOf(head, facts, id, created);
        }

        foreach (var relation in Relations())
        {
            yield return lines.LineOf(relation);
        }
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
            areWhole &= Try(() =>
            {
                using var rows = space.Read(order, TextId.FirstObservationOf(entity), TextId.LastObservationOf(entity));
                while (rows.Read())
                {
                    facts.TryAdd(rows.Number(0), new(rows.Number(0), rows.Text(1), rows.Text(2), rows.IsNull(3) ? null : rows.Text(3)));
                }
            });
        }

        return [.. facts.Values];
    }

    private List<StoredRelation> Relations()
    {
        var relations = new SortedDictionary<long, StoredRelation>();
        var isWhole = true;
        foreach (
            var sql in (string[])
                [
                    "SELECT id, source, target, type, created FROM relation WHERE namespace = ?1 ORDER BY id",
                    "SELECT id, source, target, type, created FROM relation WHERE namespace = ?1 ORDER BY id DESC",
                    "SELECT id, source, target, type, '' FROM relation INDEXED BY relation_triple WHERE namespace = ?1 ORDER BY source, target, type",
                    "SELECT id, source, target, type, '' FROM relation INDEXED BY relation_triple WHERE namespace = ?1 ORDER BY "
                        + "source DESC, target DESC, type DESC",
                ]
        )
        {
            isWhole &= Try(() =>
            {
                using var rows = space.Read(sql);
                while (rows.Read())
                {
                    relations.TryAdd(
                        rows.Number(0),
                        new(rows.Number(0), new(rows.Text(1), rows.Text(2), rows.Text(3)), null, null, rows.Text(4))
                    );
                }
            });
        }

        if (!isWhole)
        {
            Losses.Add("some relations may be missing");
        }

        return [.. relations.Values];
    }

    private void Collect(string sql, Action<IRows> take)
    {
        var isWhole = Try(() =>
        {
            using var rows = space.Read(sql);
            while (rows.Read())
            {
                take(rows);
            }
        });
        if (!isWhole && Losses.Count == 0)
        {
            Losses.Add("some entities may be missing");
        }
    }

    /// <returns>False when the file is damaged there.</returns>
    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
