using System.Collections.Concurrent;
using System.Text.Json;
using Coda.Docs;
using Coda.Links;
using Coda.Tables;

namespace Coda.Rows;

/// <summary>
/// Turns what a relation is given (a row's name, its id, or the {rowId} that reading gave) into the id of a row that
/// exists: what matches nothing Coda would store as broken text, without an error. Lives for one call.
/// </summary>
internal sealed class RelationResolver(RowResolver names, DocId doc)
{
    private const int FewNames = 3;
    private const int MostRows = 10_000;

    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ILookup<string, CodaRow>> tables = [];

    /// <summary>Reads the tables that many names will be looked up in: one request for 500 rows instead of two for each name.</summary>
    public async Task ExpectAsync(IEnumerable<(Column Column, JsonElement Value)> cells, CancellationToken cancellationToken)
    {
        var expected = cells
            .Where(cell => cell.Column.Format?.Table is not null)
            .SelectMany(cell =>
                cell.Value.ValueKind == JsonValueKind.Array
                    ? cell.Value.EnumerateArray().Select(member => (cell.Column, Value: member))
                    : [(cell.Column, cell.Value)]
            )
            .Where(cell =>
                cell.Value.ValueKind == JsonValueKind.String
                && !RowResolver.IsRowId(cell.Value.GetString()!)
                && !CodaLink.IsOfCoda(cell.Value.GetString()!)
            )
            .ToLookup(cell => cell.Column.Format!.Table!.Id, cell => cell.Value.GetString()!);
        foreach (var table in expected.Where(table => table.Distinct().Skip(FewNames).Any()))
        {
            if (await names.ReadNamesAsync(doc, table.Key, MostRows, cancellationToken) is { } all)
            {
                tables[table.Key] = all;
            }
        }
    }

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
        text = CodaLink.IsOfCoda(text.Trim()) ? await names.ResolveAsync(doc, tableId, text, cancellationToken) : text;
        var key = $"{tableId} {text}";
        if (!known.TryGetValue(key, out var id))
        {
            id = RowResolver.IsRowId(text)
                ? await CheckAsync(column, value, tableId, text, cancellationToken)
                : FindKnown(column, tableId, text)
                    ?? await names.FindByNameAsync(doc, tableId, text, $"the relation '{column.Name}'", cancellationToken);
            known[key] = id;
        }

        return id;
    }

    // A name that is not among those read may be one of a row beyond them: Coda is asked for it.
    private string? FindKnown(Column column, string tableId, string name)
    {
        if (!tables.TryGetValue(tableId, out var rowsByName))
        {
            return null;
        }

        var found = rowsByName[Named.Fold(name)].ToList();
        found = found.Exists(row => row.Name == name) ? found.FindAll(row => row.Name == name) : found;
        return found.Count switch
        {
            0 => null,
            1 => found[0].Id,
            _ => throw RowResolver.Ambiguous(found, name, $"the relation '{column.Name}'", column.Format?.Table?.Name),
        };
    }

    private async Task<string> CheckAsync(
        Column column,
        JsonElement value,
        string tableId,
        string rowId,
        CancellationToken cancellationToken
    )
    {
        var field = $"the relation '{column.Name}'";
        return await names.FindByIdAsync(doc, tableId, rowId, field, cancellationToken, mustExist: true)
            ?? throw CellWriter.Refuse(column, value, $"a row of '{column.Format?.Table?.Name ?? tableId}': no row has this id");
    }
}
