using System.Text.Json;
using Coda.Docs;
using Coda.Tables;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;

namespace Coda.Rows;

/// <summary>Reads what was written as it now is: formulas are computed, and what Coda did not take is noticed.</summary>
internal sealed class RowReadBack(IRowsApi rows, TableResolver tables)
{
    private const int MostRows = 10;

    private static readonly TimeSpan ToRead = TimeSpan.FromSeconds(8);

    /// <summary>The result with the rows, where it is applied, they are few and there is time.</summary>
    /// <param name="edits">What was written, in the order of the ids.</param>
    public async Task<RowsWritten> AddAsync(
        RowsWritten written,
        DocId doc,
        string tableId,
        IReadOnlyList<string> ids,
        IReadOnlyList<RowEdit>? edits,
        CancellationToken cancellationToken
    )
    {
        if (written.Outcome != "applied" || ids.Count is 0 or > MostRows || UpstreamCall.Current?.Left < ToRead)
        {
            return written;
        }

        try
        {
            var columns = await tables.GetColumnsAsync(doc, tableId, cancellationToken);
            var now = new List<Row>();
            var missing = new SortedSet<string>(StringComparer.Ordinal);
            for (var index = 0; index < ids.Count; index++)
            {
                var row = CellReader.Read(await rows.GetRowAsync(doc, tableId, ids[index], "rich", cancellationToken), columns, null);
                now.Add(row);
                if (edits is not null)
                {
                    missing.UnionWith(
                        edits[index]
                            .Cells.Where(cell => !IsEmpty(cell.Value) && !row.Cells.ContainsKey(columns.LabelOf(cell.Column)))
                            .Select(cell => columns.LabelOf(cell.Column))
                    );
                }
            }

            return written with
            {
                Rows = now,
                Warning = missing.Count == 0 ? written.Warning : WarnOf(missing, written.Warning),
            };
        }
        catch (UpstreamException e)
        {
            return written with { Note = $"{written.Note} The row could not be read back: {e.Message}".Trim() };
        }
    }

    private static string WarnOf(IEnumerable<string> missing, string? before)
    {
        var names = string.Join(", ", missing.Select(name => $"'{name}'"));
        return $"{before} Coda shows nothing in {names} although it was written: read the row again.".Trim();
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0)
        || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
}
