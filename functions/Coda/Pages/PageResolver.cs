using Coda.Docs;
using Coda.Links;
using Coda.Upstream;

namespace Coda.Pages;

/// <summary>Finds the page that a model means by an id, a browser link or a name.</summary>
internal sealed class PageResolver(IPagesApi pages, LinkResolver links)
{
    public async Task<string> ResolveAsync(
        DocId doc,
        string pageIdOrName,
        CancellationToken cancellationToken,
        string field = "pageIdOrName"
    )
    {
        var text = Named.Demand(pageIdOrName, field);
        if (text.StartsWith("canvas-", StringComparison.Ordinal))
        {
            return text;
        }

        return await links.TryResolveAsync(doc, text, "page", field, cancellationToken)
            ?? Named.Find((await ListAllAsync(doc, cancellationToken)).Items, text, field, page => page.Id, page => page.Name).Id;
    }

    public Task<CodaList<PageSummary>> ListAllAsync(DocId doc, CancellationToken cancellationToken) =>
        CodaLists.ReadAllAsync(token => pages.ListPagesAsync(doc, 100, token, cancellationToken));
}
