using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Memory.Graph;

namespace Memory.Storage;

/// <summary>
/// Cuts a result into pages of a byte budget. An entity is followed by those of its relations that no entity before it
/// has brought, so that over all pages every entity and every relation comes once. Only what alone exceeds a page is
/// divided: an entity's observations over several pages, a single observation by a cut that says so.
/// </summary>
internal sealed class GraphPager(GraphReader graph, IReadOnlyList<long> answer, int budget, int limit = int.MaxValue)
{
    /// <summary>The page's own fields, and what the result says around it.</summary>
    private const int Frame = 1_000;

    private readonly List<Entity> entities = [];
    private readonly List<StoredRelation> relations = [];
    private Dictionary<long, int>? places;
    private int room = budget - Frame;

    /// <param name="question">What was asked, to which alone the cursor belongs.</param>
    /// <param name="withLoose">Whether relations without any existing end follow the last entity.</param>
    public GraphPage Read(Cursor from, string question, bool withLoose = false)
    {
        var next = ReadEntities(from, out var continues);
        if (next is null && withLoose)
        {
            next = AddRelations(graph.LooseRelations(from.Index == answer.Count ? from.Relation : -1), new(answer.Count, 0));
        }

        return new GraphPage(
            entities,
            [.. relations.OrderBy(r => r.Id).Select(r => r.Relation)],
            answer.Count,
            next is not null,
            next?.ToText(question),
            continues
        );
    }

    private Cursor? ReadEntities(Cursor from, out string? continues)
    {
        continues = null;
        for (var index = IndexOf(from); index < answer.Count; index++)
        {
            var here = new Cursor(index, answer[index]);
            var resumed = from.Entity == here.Entity ? from : here;
            if (resumed.Relation < 0 && entities.Count == limit)
            {
                return here;
            }

            var entity = graph.EntityOf(here.Entity);
            if (resumed.Relation < 0 && AddEntity(entity, resumed) is { } rest)
            {
                continues = rest.Observation > 0 ? entity.Name : null;
                return rest;
            }

            var unseen = graph
                .RelationsOf(entity.Name, resumed.Relation)
                .Where(r => PlaceOf(r.Source) >= index && PlaceOf(r.Target) >= index);
            if (AddRelations(unseen, here) is { } more)
            {
                return more;
            }
        }

        return null;
    }

    private bool PageIsEmpty => entities.Count == 0 && relations.Count == 0;

    /// <returns>Null when all of the entity is on the page, else where the next page begins.</returns>
    private Cursor? AddEntity(Entity entity, Cursor here)
    {
        var observations = new List<string>();
        var left = room - CostOf(entity);
        var last = here.Observation;
        foreach (var (id, text) in graph.ObservationsOf(here.Entity, here.Observation))
        {
            var cost = CostOf(text);
            if (cost > left)
            {
                if (!PageIsEmpty)
                {
                    return here;
                }

                if (observations.Count > 0)
                {
                    entities.Add(entity with { Observations = observations });
                    return here with { Observation = last };
                }

                var cut = Cut(text, left);
                observations.Add(cut);
                left -= CostOf(cut);
                last = id;
                continue;
            }

            observations.Add(text);
            left -= cost;
            last = id;
        }

        if (left < 0 && !PageIsEmpty)
        {
            return here;
        }

        entities.Add(entity with { Observations = observations });
        room = left;
        return null;
    }

    private Cursor? AddRelations(IEnumerable<StoredRelation> found, Cursor here)
    {
        var last = 0L;
        foreach (var relation in found)
        {
            var cost = CostOf(relation.Relation);
            if (cost > room && !PageIsEmpty)
            {
                return here with { Relation = last };
            }

            relations.Add(relation);
            room -= cost;
            last = relation.Id;
        }

        return null;
    }

    /// <summary>The place of an entity in the result; one that is not in it never comes earlier than another.</summary>
    private int PlaceOf(long? entity)
    {
        places ??= PlacesOf(answer);
        return entity is { } id && places.TryGetValue(id, out var place) ? place : int.MaxValue;
    }

    private static Dictionary<long, int> PlacesOf(IReadOnlyList<long> answer)
    {
        var places = new Dictionary<long, int>(answer.Count);
        for (var place = 0; place < answer.Count; place++)
        {
            places.Add(answer[place], place);
        }

        return places;
    }

    private int IndexOf(Cursor from)
    {
        if (from.Entity == 0 || (from.Index < answer.Count && answer[from.Index] == from.Entity))
        {
            return from.Index;
        }

        // The graph has changed since the last page.
        for (var i = 0; i < answer.Count; i++)
        {
            if (answer[i] == from.Entity)
            {
                return i;
            }
        }

        return Math.Min(from.Index, answer.Count);
    }

    private static string Cut(string text, int room)
    {
        var notice = $"… [cut: {text.Length} characters in all, export_graph gives them]";
        // Between what six bytes for each character would take and none: halve until it fits.
        var length = Math.Min(text.Length, Math.Max(room, 1));
        while (length > 1 && CostOf(text[..length] + notice) > room)
        {
            length /= 2;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + notice;
    }

    private static int CostOf(Entity entity) => CostOf(entity, MemoryJson.Default.Entity, MemoryJson.Readable.Entity);

    private static int CostOf(Relation relation) => CostOf(relation, MemoryJson.Default.Relation, MemoryJson.Readable.Relation);

    private static int CostOf(string text) => CostOf(text, MemoryJson.Default.String, MemoryJson.Readable.String);

    /// <summary>The bytes of a piece on the wire: once in the structured content, once more escaped within the text, each with a comma.</summary>
    private static int CostOf<T>(T value, JsonTypeInfo<T> structured, JsonTypeInfo<T> text) =>
        JsonSerializer.SerializeToUtf8Bytes(value, structured).Length
        + JsonEncodedText.Encode(JsonSerializer.SerializeToUtf8Bytes(value, text)).EncodedUtf8Bytes.Length
        + 2;
}
