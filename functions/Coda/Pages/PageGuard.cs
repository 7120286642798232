using Coda.Controls;
using Coda.Docs;
using Coda.Formulas;
using Coda.Tables;
using Coda.Upstream;
using ModelContextProtocol;

namespace Coda.Pages;

/// <summary>Before everything on a page is replaced or deleted: what would be lost that text cannot bring back.</summary>
internal sealed class PageGuard(ITablesApi tables, IControlsApi controls, IFormulasApi formulas)
{
    /// <exception cref="McpException">The page holds tables, controls or formulas.</exception>
    public async Task CheckAsync(DocId doc, string pageId, CancellationToken cancellationToken)
    {
        var onPage = new List<string>();
        var listedTables = await CodaLists.ReadAllAsync(token => tables.ListTablesAsync(doc, 100, null, null, token, cancellationToken));
        onPage.AddRange(
            listedTables.Items.Where(table => table.Parent?.Id == pageId).Select(table => $"{table.TableType ?? "table"} '{table.Name}'")
        );
        var listedControls = await CodaLists.ReadAllAsync(token => controls.ListControlsAsync(doc, 100, null, token, cancellationToken));
        onPage.AddRange(listedControls.Items.Where(control => control.Parent?.Id == pageId).Select(control => $"control '{control.Name}'"));
        var listedFormulas = await CodaLists.ReadAllAsync(token => formulas.ListFormulasAsync(doc, 100, null, token, cancellationToken));
        onPage.AddRange(listedFormulas.Items.Where(formula => formula.Parent?.Id == pageId).Select(formula => $"formula '{formula.Name}'"));
        if (onPage.Count > 0)
        {
            throw new McpException(
                $"Nothing was changed: the page holds {string.Join(", ", onPage)}, which this would destroy for good. "
                    + "Edit single elements (elementId, from coda_peek_page), or ask the user and call again with force=true."
            );
        }
    }
}
