using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Coda.Docs;
using Coda.Tables;
using McpGateway.Upstream;

namespace Coda.Rows;

/// <summary>
/// Turns what a relation is given (a row's name, its id, or the {rowId} that reading gave) into the id of a row that
/// exists: what matches nothing Coda would store as broken text, without an error. Lives for one call.
/// </summary>
internal sealed class RelationResolver(IRowsApi rows, RowResolver names, DocId doc)
{
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    public async Task<JsonElement> WriteAsync(Column column, JsonElement value, CancellationToken cancellationToken)
    {
        if (value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0))
        {
            return JsonSerializer.SerializeToElement("");
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return JsonSerializer.SerializeToElement(await FindAsync(column, value, cancellationToken));
        }

        if (column.Format?.IsArray == false && value.GetArrayLength() > 1)
        {
            throw CellWriter.Refuse(column, value, "one row: the column does not take several");
        }

        var ids = new List<string>();
        foreach (var member in value.EnumerateArray())
        {
            ids.Add(await FindAsync(column, member, cancellationToken));
        }

        return JsonSerializer.SerializeToElement(ids);
    }

    private async Task<string> FindAsync(Column column, JsonElement value, CancellationToken cancellationToken)
    {
        if (column.Format?.Table?.Id is not { } tableId)
        {
            throw CellWriter.Refuse(column, value, "nothing: Coda does not tell which table it points to");
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Object when value.TryGetProperty("rowId", out var rowId) && rowId.ValueKind == JsonValueKind.String =>
                rowId.GetString()!,
            _ => throw CellWriter.Refuse(column, value, "a row's name or id (i-…)"),
        };
        var key = $"{tableId} {text}";
        if (!known.TryGetValue(key, out var id))
        {
            id = RowResolver.IsRowId(text)
                ? await CheckAsync(column, value, tableId, text, cancellationToken)
                : await names.FindByNameAsync(doc, tableId, text, $"the relation '{column.Name}'", cancellationToken);
            known[key] = id;
        }

        return id;
    }

    private async Task<string> CheckAsync(
        Column column,
        JsonElement value,
        string tableId,
        string rowId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await rows.GetRowAsync(doc, tableId, rowId, "simple", cancellationToken)).Id;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            throw CellWriter.Refuse(column, value, $"a row of '{column.Format?.Table?.Name ?? tableId}': no row has this id");
        }
    }
}
