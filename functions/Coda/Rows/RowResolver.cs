using System.Net;
using System.Text.Json;
using Coda.Docs;
using Coda.Links;
using Coda.Tables;
using Coda.Upstream;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>Finds the row that a model means by an id, a browser link or a name (the value of the display column).</summary>
internal sealed class RowResolver(IRowsApi rows, ITablesApi tables, LinkResolver links)
{
    private const int LargePage = 500;
    private const int MostRowsCompared = 2_000;
    private const int MostCandidates = 5;
    private const int FewNames = 3;
    private const int MostRowsRead = 10_000;

    public static bool IsRowId(string text) => text.StartsWith("i-", StringComparison.Ordinal);

    public async Task<string> ResolveAsync(DocId doc, string tableId, string rowIdOrName, CancellationToken cancellationToken)
    {
        var text = Named.Demand(rowIdOrName, nameof(rowIdOrName));
        if (IsRowId(text))
        {
            return await FindByIdAsync(doc, tableId, text, nameof(rowIdOrName), cancellationToken) ?? text;
        }

        return (CodaLink.IsOfCoda(text) ? await links.TryResolveAsync(doc, text, "row", nameof(rowIdOrName), cancellationToken) : null)
            ?? await FindByNameAsync(doc, tableId, text, nameof(rowIdOrName), cancellationToken);
    }

    /// <summary>The rows that many texts mean, in their order; the table is read once where more than a few are names.</summary>
    public async Task<IReadOnlyList<string>> ResolveAllAsync(
        DocId doc,
        string tableId,
        IReadOnlyList<string> texts,
        CancellationToken cancellationToken
    )
    {
        var many =
            texts.Count(text => !IsRowId(text.Trim()) && !CodaLink.IsOfCoda(text.Trim())) > FewNames
                ? await ReadNamesAsync(doc, tableId, MostRowsRead, cancellationToken)
                : null;
        var ids = new List<string>();
        for (var index = 0; index < texts.Count; index++)
        {
            var text = texts[index].Trim();
            try
            {
                _ = Named.Demand(text, "row");
                var found = many?[Named.Fold(text)].ToList() ?? [];
                ids.Add(
                    IsRowId(text) || found.Count == 0 ? await ResolveAsync(doc, tableId, text, cancellationToken)
                    : found.Count == 1 ? found[0].Id
                    : throw Ambiguous(found, text, "row", null)
                );
            }
            catch (McpException e)
            {
                throw new McpException($"Nothing was written. Row {index + 1} of {texts.Count}: {e.Message}");
            }

            if (ids.IndexOf(ids[^1]) < index)
            {
                throw new McpException($"Nothing was written. Row {index + 1} of {texts.Count}, '{text}', is given twice: once is enough.");
            }
        }

        return ids;
    }

    /// <summary>The row of this id, else the one whose name only looks like one; null where there is neither, or not yet.</summary>
    /// <param name="mustExist">Whether Coda is asked even for what can be nothing but an id.</param>
    public async Task<string?> FindByIdAsync(
        DocId doc,
        string tableId,
        string text,
        string field,
        CancellationToken cancellationToken,
        bool mustExist = false
    )
    {
        if (!mustExist && !Named.MayBeName(text))
        {
            return text;
        }

        try
        {
            // Coda takes a name as well, and any row of several.
            if ((await rows.GetRowAsync(doc, tableId, text, "simple", cancellationToken)).Id == text)
            {
                return text;
            }
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound) { }

        return Named.MayBeName(text) ? (await TryFindByNameAsync(doc, tableId, text, field, cancellationToken)).Id : null;
    }

    /// <summary>The one row of this name. Coda itself would take any of several.</summary>
    public async Task<string> FindByNameAsync(DocId doc, string tableId, string name, string field, CancellationToken cancellationToken)
    {
        var (id, table) = await TryFindByNameAsync(doc, tableId, name, field, cancellationToken);
        return id
            ?? throw new McpException(
                table.DisplayColumn is null
                    ? $"{field}='{name}': the table '{table.Name}' has no display column, so a row needs its id (i-…), from coda_list_rows."
                    : $"{field}='{name}': the table '{table.Name}' has no row of this name. Find it with coda_list_rows and give its id (i-…)."
            );
    }

    /// <exception cref="McpException">Several rows have the name.</exception>
    private async Task<(string? Id, Table Table)> TryFindByNameAsync(
        DocId doc,
        string tableId,
        string name,
        string field,
        CancellationToken cancellationToken
    )
    {
        var table = await tables.GetTableAsync(doc, tableId, cancellationToken);
        if (table.DisplayColumn is not { } display)
        {
            return (null, table);
        }

        var found = await QueryAsync(doc, tableId, display.Id, JsonSerializer.SerializeToElement(name), cancellationToken);
        if (found.Count == 0 && TryReadScalar(name) is { } scalar)
        {
            found = await QueryAsync(doc, tableId, display.Id, scalar, cancellationToken);
        }

        if (found.Count == 0)
        {
            // Coda compares letter by letter; a person reads "call ann" and "Call Ann " as the same.
            found = (await ReadNamesAsync(doc, tableId, MostRowsCompared, cancellationToken))?[Named.Fold(name)].ToList() ?? [];
        }

        return found.Count switch
        {
            0 => (null, table),
            1 => (found[0].Id, table),
            _ => throw Ambiguous(found, name, field, table.Name),
        };
    }

    /// <summary>
    /// The rows of a table by their folded names (<see cref="Named.Fold"/>); null where it has more: of those, one that was not read could have the same name.
    /// </summary>
    /// <param name="most">Rows that are read at most, or a page more.</param>
    public async Task<ILookup<string, CodaRow>?> ReadNamesAsync(DocId doc, string tableId, int most, CancellationToken cancellationToken)
    {
        var all = await CodaLists.ReadAllAsync(
            token => rows.ListRowsAsync(doc, tableId, null, null, "simple", null, LargePage, token, null, cancellationToken),
            most
        );
        return all.Complete ? all.Items.DistinctBy(row => row.Id).ToLookup(row => Named.Fold(row.Name ?? "")) : null;
    }

    /// <summary>Several rows have the name; some of their cells tell them apart.</summary>
    public static McpException Ambiguous(IReadOnlyCollection<CodaRow> found, string name, string field, string? table) =>
        new(
            $"{field}='{name}' is the name of several rows{(table is null ? "" : $" of '{table}'")}: "
                + $"{string.Join(", ", found.Take(MostCandidates).Select(Describe))}"
                + $"{(found.Count > MostCandidates ? ", …" : "")}. Give the id of one."
        );

    private static string Describe(CodaRow row)
    {
        var cells = (row.Values ?? []).Values.Select(RowQuery.TextOf).Where(text => text is { Length: > 0 } && text != row.Name).Take(3);
        return string.Join(", ", cells) is { Length: > 0 } text ? $"{row.Id} ({text})" : row.Id;
    }

    private async Task<List<CodaRow>> QueryAsync(
        DocId doc,
        string tableId,
        string columnId,
        JsonElement value,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await CodaLists.ReadAllAsync(
                    token =>
                        rows.ListRowsAsync(
                            doc,
                            tableId,
                            RowQuery.ToQuery(columnId, value),
                            null,
                            "simple",
                            null,
                            5,
                            token,
                            null,
                            cancellationToken
                        ),
                    most: 2
                )
            ).Items,
        ];

    private static JsonElement? TryReadScalar(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonSerializer.SerializeToElement(number)
        : bool.TryParse(text, out var flag) ? JsonSerializer.SerializeToElement(flag)
        : null;
}
