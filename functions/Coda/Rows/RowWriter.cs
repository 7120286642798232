using System.Text;
using System.Text.Json;
using Coda.Docs;
using Coda.Sharing;
using Coda.Tables;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>Turns rows as a model gives them into rows as Coda takes them, all of them before the first is sent.</summary>
internal sealed class RowWriter(TableResolver tables, RowResolver names, ISharingApi sharing)
{
    // Coda refuses a row beyond 85 KB, counted as UTF-8 plus one for each line break.
    private const int LargestRow = 85 * 1024;

    /// <param name="from">How many rows of the caller's list precede them, for errors.</param>
    /// <param name="given">Each an object of column → value, or Coda's own form {"cells":[{"column":…,"value":…}]}.</param>
    public async Task<IReadOnlyList<RowEdit>> ReadAsync(
        DocId doc,
        string tableId,
        IReadOnlyList<JsonElement> given,
        bool disableParsing,
        CancellationToken cancellationToken,
        int from = 0
    )
    {
        var readable = given.Where(row => row.ValueKind is JsonValueKind.Object or JsonValueKind.Array).SelectMany(CellsOf).ToList();
        var columns = await tables.GetColumnsAsync(doc, tableId, readable.Select(cell => cell.Column), cancellationToken);
        var relations = new RelationResolver(names, doc);
        await relations.ExpectAsync(
            readable.Where(cell => columns.Has(cell.Column)).Select(cell => (columns.Find(cell.Column, "column"), cell.Value)),
            cancellationToken
        );
        var people = new PeopleResolver(sharing, doc);
        var edits = new List<RowEdit>(given.Count);
        for (var index = 0; index < given.Count; index++)
        {
            try
            {
                var edit = await ReadRowAsync(columns, relations, people, given[index], disableParsing, cancellationToken);
                CheckSize(edit);
                edits.Add(edit);
            }
            catch (McpException e) when (given.Count + from > 1)
            {
                throw new McpException($"Nothing was written. Row {from + index + 1} of {from + given.Count}: {e.Message}");
            }
        }

        return edits;
    }

    private static async Task<RowEdit> ReadRowAsync(
        TableColumns columns,
        RelationResolver relations,
        PeopleResolver people,
        JsonElement given,
        bool disableParsing,
        CancellationToken cancellationToken
    )
    {
        var cells = new List<CellEdit>();
        foreach (var (name, value) in CellsOf(given))
        {
            var column = columns.Find(name, "column");
            CellWriter.CheckWritable(column);
            if (cells.Exists(cell => cell.Column == column.Id))
            {
                throw new McpException($"The column '{column.Name}' is given twice.");
            }

            if (column.Format?.Type == "person" && !disableParsing)
            {
                cells.Add(new(column.Id, CellWriter.Write(column, await people.WriteAsync(column, value, cancellationToken))));
            }
            else if (column.Format?.Type != "lookup")
            {
                cells.Add(new(column.Id, disableParsing ? value.Clone() : CellWriter.Write(column, value)));
            }
            else if (!disableParsing)
            {
                cells.Add(new(column.Id, await relations.WriteAsync(column, value, cancellationToken)));
            }
            else
            {
                throw new McpException(
                    $"disableParsing=true would store the relation '{column.Name}' as broken text: leave it out, or write this column in a call of its own."
                );
            }
        }

        return cells.Count > 0 ? new(cells) : throw new McpException("A row without any cell: give column names or ids with values.");
    }

    private static IEnumerable<(string Column, JsonElement Value)> CellsOf(JsonElement given)
    {
        if (
            given.ValueKind == JsonValueKind.Object
            && given.TryGetProperty("cells", out var cells)
            && given.EnumerateObject().Count() == 1
            && cells.ValueKind is JsonValueKind.Array or JsonValueKind.Object
        )
        {
            given = cells;
        }

        return given.ValueKind switch
        {
            JsonValueKind.Object => given.EnumerateObject().Select(member => (member.Name, member.Value)),
            JsonValueKind.Array => given.EnumerateArray().Select(ReadCell),
            _ => throw new McpException(
                "A row is an object of column name or id and value, such as {\"Name\": \"Ann\", \"Done\": true}, not text."
            ),
        };
    }

    private static (string Column, JsonElement Value) ReadCell(JsonElement cell) =>
        cell.ValueKind == JsonValueKind.Object
        && cell.TryGetProperty("column", out var column)
        && column.ValueKind == JsonValueKind.String
        && cell.TryGetProperty("value", out var value)
            ? (column.GetString()!, value)
            : throw new McpException("A cell is {\"column\": name or id, \"value\": …}; or give the row as an object of column and value.");

    private static void CheckSize(RowEdit edit)
    {
        var size = edit.Cells.Sum(cell => SizeOf(cell.Value));
        if (size > LargestRow)
        {
            throw new McpException(
                $"The row has {size / 1024.0:0.#} KB, and Coda takes at most 85 KB in one: shorten its texts, or split them over rows."
            );
        }
    }

    private static int SizeOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { } text ? Encoding.UTF8.GetByteCount(text) + text.Count(c => c == '\n') : 0,
            JsonValueKind.Array => value.EnumerateArray().Sum(SizeOf),
            _ => Encoding.UTF8.GetByteCount(value.GetRawText()),
        };
}
