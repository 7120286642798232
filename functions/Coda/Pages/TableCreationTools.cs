using System.Text;
using System.Text.Json;
using Coda.Content;
using Coda.Docs;
using Coda.Mutations;
using Coda.Tables;
using McpGateway.Tools.Schemas;
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
    ExportedPageCache exported,
    MutationWaiter waiter
)
{
    private const int MostRows = 200;

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
        return new(
            written.Outcome,
            written.RequestId,
            shown,
            written.Note
                ?? (
                    shown.Length == 0 && written.Outcome == "applied"
                        ? "Coda does not list the new table yet: look for it with coda_list_tables before you create it again."
                        : "Its first row holds the titles. Columns are text until somebody changes them in Coda."
                )
        );
    }

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
