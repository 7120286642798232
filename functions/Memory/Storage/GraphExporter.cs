using System.Text;
using System.Text.Json;
using Memory.Database;
using Memory.Graph;

namespace Memory.Storage;

/// <summary>Writes the graph as the official server's memory.jsonl: all entities, then all relations, no line feed at the end.</summary>
/// <param name="question">To which alone its cursors belong.</param>
internal sealed class GraphExporter(GraphReader graph, string question, int budget)
{
    private readonly StringBuilder lines = new();
    private int room = budget - AnswerCost.Frame;

    /// <summary>As many whole lines as fit; a line larger than the budget comes alone.</summary>
    public GraphExport Read(Cursor from)
    {
        foreach (var id in from.Relation >= 0 ? [] : graph.EntityIds().SkipWhile(id => id < from.Entity))
        {
            var entity = graph.EntityOf(id) with { Observations = [.. graph.FactsOf(id).Select(f => f.Text)] };
            if (!Add(JsonSerializer.Serialize(EntityLine.Of(entity), MemoryJson.Readable.EntityLine)))
            {
                return Page(new Cursor(0, id));
            }
        }

        var last = Math.Max(from.Relation, 0);
        foreach (var relation in graph.AllRelations(last))
        {
            if (!Add(JsonSerializer.Serialize(RelationLine.Of(relation.Relation), MemoryJson.Readable.RelationLine)))
            {
                return Page(new Cursor(0, 0, Relation: last));
            }

            last = relation.Id;
        }

        return Page(null);
    }

    private bool Add(string line)
    {
        var cost = AnswerCost.OfLine(line);
        if (lines.Length > 0 && cost > room)
        {
            return false;
        }

        room -= cost;
        lines.Append(lines.Length > 0 ? "\n" : "").Append(line);
        return true;
    }

    private GraphExport Page(Cursor? next) => new(lines.ToString(), next is not null, next?.ToText(question));
}
