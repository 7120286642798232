using System.Net;
using Coda.Docs;
using Coda.Links;
using Coda.Upstream;
using McpGateway.Upstream;
using ModelContextProtocol;

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
        return await links.TryResolveAsync(doc, text, "page", field, cancellationToken)
            ?? await Named.FindIdAsync(
                text,
                field,
                ["canvas-"],
                () => ListAllAsync(doc, cancellationToken),
                page => page.Id,
                page => page.Name
            );
    }

    /// <summary>As <see cref="ResolveAsync"/>, for a page that a body names: Coda does not say of those that there is no such page.</summary>
    /// <exception cref="McpException">The doc has no such page.</exception>
    public async Task<string> ResolveExistingAsync(DocId doc, string pageIdOrName, string field, CancellationToken cancellationToken)
    {
        var id = await ResolveAsync(doc, pageIdOrName, cancellationToken, field);
        if (id != pageIdOrName.Trim())
        {
            // Found by its name or link.
            return id;
        }

        try
        {
            return (await pages.GetPageAsync(doc, id, cancellationToken)).Id;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            throw new McpException(
                $"{field}='{pageIdOrName}' is not a page of the doc {doc}, or not yet: a new page is there once its write is applied. Nothing was created."
            );
        }
    }

    public Task<CodaList<PageSummary>> ListAllAsync(DocId doc, CancellationToken cancellationToken) =>
        CodaLists.ReadAllAsync(token => pages.ListPagesAsync(doc, 100, token, cancellationToken));
}
