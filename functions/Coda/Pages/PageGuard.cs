using Coda.Controls;
using Coda.Docs;
using Coda.Formulas;
using Coda.Tables;
using Coda.Upstream;
using McpGateway.Upstream.Calls;
using ModelContextProtocol;

namespace Coda.Pages;

/// <summary>Before a page or everything on it is replaced or deleted: what would be lost that text cannot bring back.</summary>
internal sealed class PageGuard(PageResolver resolver, ITablesApi tables, IControlsApi controls, IFormulasApi formulas)
{
    private const int MostNamed = 20;

    /// <exception cref="McpException">The page holds tables, controls or formulas.</exception>
    public async Task CheckContentAsync(DocId doc, string pageId, CancellationToken cancellationToken)
    {
        var lost = await ListContentAsync(doc, [pageId], cancellationToken);
        if (lost.Count > 0)
        {
            throw new McpException(
                $"Nothing was changed: the page holds {List(lost)}, which this would destroy for good. "
                    + "Edit single elements (elementId, from coda_peek_page), or ask the user and call again with force=true."
            );
        }
    }

    /// <exception cref="McpException">The page has subpages, or it or one of them holds tables, controls or formulas.</exception>
    public async Task CheckPageAsync(DocId doc, string pageId, CancellationToken cancellationToken)
    {
        var leftOut = UpstreamCall.Current?.LeftOut;
        var pages = await resolver.ListAllAsync(doc, cancellationToken);
        var below = PageTree.Subtree(pages.Items, pageId).Skip(1).ToList();
        var lost = below.Select(page => $"page '{page.Name}'").ToList();
        if (!pages.Complete || UpstreamCall.Current?.LeftOut != leftOut)
        {
            lost.Add("perhaps pages that Coda did not list");
        }

        lost.AddRange(await ListContentAsync(doc, [pageId, .. below.Select(page => page.Id)], cancellationToken));
        if (lost.Count > 0)
        {
            throw new McpException($"Nothing was deleted: with the page goes {List(lost)}. Ask the user, and call again with force=true.");
        }
    }

    private async Task<List<string>> ListContentAsync(DocId doc, HashSet<string> pageIds, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        var leftOut = UpstreamCall.Current?.LeftOut;
        var listedTables = await CodaLists.ReadAllAsync(token => tables.ListTablesAsync(doc, 100, null, null, token, cancellationToken));
        found.AddRange(
            listedTables.Items.Where(table => IsOn(table.Parent)).Select(table => $"{table.TableType ?? "table"} '{table.Name}'")
        );
        var listedControls = await CodaLists.ReadAllAsync(token => controls.ListControlsAsync(doc, 100, null, token, cancellationToken));
        found.AddRange(listedControls.Items.Where(control => IsOn(control.Parent)).Select(control => $"control '{control.Name}'"));
        var listedFormulas = await CodaLists.ReadAllAsync(token => formulas.ListFormulasAsync(doc, 100, null, token, cancellationToken));
        found.AddRange(listedFormulas.Items.Where(formula => IsOn(formula.Parent)).Select(formula => $"formula '{formula.Name}'"));
        if (!listedTables.Complete || !listedControls.Complete || !listedFormulas.Complete || UpstreamCall.Current?.LeftOut != leftOut)
        {
            // What is not known to be harmless is not done unasked.
            found.Add("perhaps more, which Coda did not list");
        }

        return found;

        bool IsOn(Reference? parent) => parent is not null && pageIds.Contains(parent.Id);
    }

    private static string List(List<string> lost) =>
        string.Join(", ", lost.Take(MostNamed)) + (lost.Count > MostNamed ? $" and {lost.Count - MostNamed} more" : "");
}
