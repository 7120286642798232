using System.Text;
using System.Text.Json;
using Coda.Content;
using Coda.Docs;
using Coda.Mutations;
using Coda.Rows;
using Coda.Tables;
using Coda.Upstream;
using McpGateway.Text;
using McpGateway.Tools.Schemas;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Pages;

/// <summary>Making tables the one way that Coda's API has: a markdown table on a page becomes one.</summary>
[McpServerToolType]
internal sealed partial class TableCreationTools(
    IPagesApi pages,
    DocResolver docs,
    PageResolver resolver,
    TableResolver tables,
    IRowsApi rowsApi,
    ExportedPageCache exported,
    MutationWaiter waiter
)
{
    private const int MostRows = 200;
    private const int MostQuoted = 5;
    private const int LongestQuote = 80;

    private static readonly TimeSpan ToRead = TimeSpan.FromSeconds(8);

    /// <summary>Creates a table at the end of a page, from rows. Types and relations of columns are set in Coda.</summary>
    /// <param name="columns">Titles.</param>
    /// <param name="rows">Objects of title to value; more are added with coda_upsert_rows.</param>
    /// <param name="requestId">An ID of your own: a call repeated with it acts once.</param>
    [McpServerTool(
        Name = "coda_create_table",
        Title = "Create a table",
        Destructive = false,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<TableCreated> CreateTableAsync(
        string docId,
        string pageIdOrName,
        string[] columns,
        IProgress<ProgressNotificationValue> progress,
        [JsonShape("object")] JsonElement[]? rows = null,
        string? requestId = null,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        var content = Canvas.Of(Draw(columns, rows ?? []), "markdown");
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        var before = (await tables.ListAllAsync(doc, cancellationToken)).Items.Select(table => table.Id).ToHashSet();
        exported.Forget(doc, pageId);
        var accepted = await pages.UpdatePageAsync(
            doc,
            pageId,
            new(ContentUpdate: new("append", null, content)),
            once: true,
            cancellationToken
        );
        var written = await waiter.WaitAsync(accepted, [pageId], waitSeconds, progress, cancellationToken);
        var made =
            written.Outcome == "applied"
                ? (await tables.ListAllAsync(doc, cancellationToken)).Items.Where(table =>
                    !before.Contains(table.Id) && (table.Parent is null || table.Parent.Id == pageId)
                )
                : [];
        TableReference[] shown = [.. made.Select(table => new TableReference(table.Id, table.Name, table.TableType, table.BrowserLink))];
        var note =
            written.Note
            ?? (
                shown.Length == 0 && written.Outcome == "applied"
                    ? "Coda does not list the new table yet: look for it with coda_list_tables before you create it again."
                    : "Its first row holds the titles. Columns are text until somebody changes them in Coda."
            );
        var compared = shown.Length == 1 ? await CompareAsync(doc, shown[0].Id, TextsOf(columns, rows ?? []), cancellationToken) : null;
        return new(written.Outcome, written.RequestId, shown, compared is null ? note : $"{compared} {note}");
    }

    /// <summary>What of the texts the new table does not show as it was given; null: all is there.</summary>
    private async Task<string?> CompareAsync(DocId doc, string tableId, IEnumerable<string> given, CancellationToken cancellationToken)
    {
        const string NotCompared = "Its cells could not be compared with what was given: look at them with coda_list_rows.";
        if (UpstreamCall.Current?.Left < ToRead)
        {
            return NotCompared;
        }

        try
        {
            var found = await CodaLists.ReadAllAsync(token =>
                rowsApi.ListRowsAsync(doc, tableId, null, null, "simple", null, MostRows, token, null, cancellationToken)
            );
            var shown = found.Items.SelectMany(row => (row.Values ?? []).Values).Select(cell => RowQuery.TextOf(cell)?.Trim()).ToHashSet();
            var lost = given.Where(text => !shown.Contains(text)).Distinct(StringComparer.Ordinal).ToList();
            return shown.Count == 0 ? NotCompared
                : lost.Count == 0 ? null
                : $"Coda shows otherwise than given: {string.Join(", ", lost.Take(MostQuoted).Select(text => $"'{Cut.To(text, LongestQuote)}'"))}"
                    + $"{(lost.Count > MostQuoted ? $" and {lost.Count - MostQuoted} more" : "")}. Mend these cells with coda_update_rows.";
        }
        catch (UpstreamException)
        {
            return NotCompared;
        }
    }

    private static IEnumerable<string> TextsOf(string[] columns, JsonElement[] rows) =>
        columns
            .Concat(rows.SelectMany(row => row.EnumerateObject()).Where(cell => cell.Value.ValueKind != JsonValueKind.Null).Select(Text))
            .Select(text => text.Trim())
            .Where(text => text.Length > 0);

    private static string Text(JsonProperty cell) =>
        cell.Value.ValueKind == JsonValueKind.String ? cell.Value.GetString()! : cell.Value.GetRawText();

    /// <exception cref="McpException">There is no column, or a row has a value without one.</exception>
    private static string Draw(string[] columns, JsonElement[] rows)
    {
        if (columns.Length == 0 || columns.Select(column => column.Trim()).Distinct(StringComparer.Ordinal).Count() < columns.Length)
        {
            throw new McpException("columns must hold at least one title, each of them once. Nothing was created.");
        }

        if (rows.Length > MostRows)
        {
            throw new McpException(
                $"rows has {rows.Length}: create the table with at most {MostRows}, and add the others with coda_upsert_rows."
            );
        }

        var drawn = new StringBuilder();
        Line(drawn, columns.Select((column, index) => Cell(column, $"columns[{index}]")));
        Line(drawn, columns.Select(_ => "---"));
        foreach (var (index, row) in rows.Index())
        {
            if (
                row.EnumerateObject().FirstOrDefault(cell => !columns.Contains(cell.Name)) is
                { Value.ValueKind: not JsonValueKind.Undefined } other
            )
            {
                throw new McpException($"rows has '{other.Name}', which is not among the columns: {string.Join(", ", columns)}.");
            }

            Line(
                drawn,
                columns.Select(column =>
                    row.TryGetProperty(column, out var cell) && cell.ValueKind != JsonValueKind.Null
                        ? Cell(cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText(), $"rows[{index}].{column}")
                        : ""
                )
            );
        }

        return drawn.ToString();
    }

    private static void Line(StringBuilder drawn, IEnumerable<string> cells) => drawn.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>A text that markdown shows as it is.</summary>
    /// <exception cref="McpException">It has several lines: there is no line break within a cell.</exception>
    private static string Cell(string text, string field) =>
        text.AsSpan().Trim().IndexOfAny('\r', '\n') < 0
            ? Canvas.Escape(text.Trim())
            : throw new McpException(
                $"{field} has several lines, which a table that is made of text cannot hold: create it without this text, "
                    + "and write the text with coda_upsert_rows or coda_update_row. Nothing was created."
            );
}

/// <summary>A table that was made of text.</summary>
/// <param name="Tables">What is new on the page; empty while the write is pending.</param>
public sealed record TableCreated(
    string Outcome,
    string? RequestId = null,
    IReadOnlyList<TableReference>? Tables = null,
    string? Note = null
);
