using System.Text.Json;
using Memory.Database;
using Memory.Graph;

namespace Memory.Export;

/// <summary>
/// Writes a graph as lines of JSON: entities, then relations. Each line has the form of the official memory.jsonl, and beside
/// it dates and its number, by which an export that was cut short goes on.
/// </summary>
/// <param name="isOfficial">Whether the lines hold nothing but the official form.</param>
internal sealed class GraphLines(bool isOfficial)
{
    private const string EntityKind = "entity";
    private const string RelationKind = "relation";

    /// <summary>The lines after a place, as far as one read brings them.</summary>
    /// <returns>The lines, and the place of the last; null where no more follow.</returns>
    public (List<string> Lines, ExportPlace? Next) Read(GraphReader graph, ExportPlace after, int most)
    {
        var lines = new List<string>();
        if (!after.IsRelation)
        {
            foreach (var id in graph.EntityIdsAfter(after.Id, most))
            {
                lines.Add(LineOf(graph, id));
                after = new(false, id);
            }

            return lines.Count == most ? (lines, after) : (lines, new(true, 0));
        }

        foreach (var relation in graph.AllRelations(after.Id).Take(most))
        {
            lines.Add(LineOf(relation));
            after = new(true, relation.Id);
        }

        return (lines, lines.Count == most ? after : null);
    }

    /// <summary>One entity with its facts.</summary>
    public string LineOf(GraphReader graph, long id) => LineOf(graph.EntityOf(id), graph.FactsOf(id), id, graph.CreatedAt(id));

    /// <param name="id">Its number; null where it is not known any more.</param>
    public string LineOf(StoredEntity entity, IReadOnlyList<Fact> facts, long? id, string? createdAt)
    {
        var line = new EntityLine(EntityKind, entity.Name, entity.EntityType, [.. facts.Select(f => f.Text)]);
        return JsonSerializer.Serialize(
            isOfficial
                ? line
                : line with
                {
                    At = [.. facts.Select(f => f.At)],
                    ValidUntil = facts.All(f => f.Until is null)
                        ? null
                        : [.. facts.Select(f => f.Until is null ? null : Moments.LastBefore(f.Until))],
                    CreatedAt = createdAt,
                    Id = id,
                },
            MemoryJson.Readable.EntityLine
        );
    }

    /// <summary>One relation; one whose number or date is not known any more has 0 or an empty text there.</summary>
    public string LineOf(StoredRelation stored)
    {
        var line = new RelationLine(RelationKind, stored.Relation.From, stored.Relation.To, stored.Relation.RelationType);
        return JsonSerializer.Serialize(
            isOfficial
                ? line
                : line with
                {
                    CreatedAt = stored.CreatedAt is "" ? null : stored.CreatedAt,
                    Id = stored.Id > 0 ? stored.Id : null,
                },
            MemoryJson.Readable.RelationLine
        );
    }
}

/// <summary>Where an export goes on: after an entity, or after a relation.</summary>
internal sealed record ExportPlace(bool IsRelation, long Id)
{
    public static ExportPlace Start { get; } = new(false, 0);

    /// <returns>Null when the text is not a place.</returns>
    public static ExportPlace? Parse(string text) =>
        text.Split(':') is [("entity" or "relation") and var kind, var number]
        && long.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? new(kind == "relation", id)
            : null;
}
