using Coda.Links;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Docs;

/// <summary>Tools that tell what a browser link leads to.</summary>
internal sealed partial class LinkTools(ILinksApi links, AllowedDocs allowed)
{
    /// <summary>Shows what a Coda browser link leads to: its type, id and doc.</summary>
    /// <param name="url">The link as copied from the browser.</param>
    /// <param name="degradeGracefully">For something deleted: its nearest living parent.</param>
    [McpServerTool(Name = "coda_resolve_link", Title = "Resolve a link", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<ResolvedLink> ResolveLinkAsync(
        string url,
        bool? degradeGracefully = null,
        CancellationToken cancellationToken = default
    )
    {
        var link = await links.ResolveAsync(CodaLink.Complete(url.Trim()), degradeGracefully, cancellationToken);
        var docId = link.Resource.Type == "doc" ? link.Resource.Id : CodaLink.DocIdOfApi(link.Resource.Href);
        if (docId is not null)
        {
            allowed.Check(docId);
        }
        else if (allowed.AreLimited && link.Resource.Type is not ("folder" or "workspace"))
        {
            throw new McpException("CODA_ALLOWED_DOCS limits this gateway to certain docs, and this link does not identify a doc.");
        }

        return new(
            link.Resource.Type,
            link.Resource.Id,
            link.Resource.Name,
            docId,
            LinkResolver.TableIdOf(link.Resource),
            link.BrowserLink
        );
    }
}

/// <summary>What a link leads to.</summary>
/// <param name="TableId">The table of a row or a column.</param>
public sealed record ResolvedLink(
    string Type,
    string Id,
    string? Name = null,
    string? DocId = null,
    string? TableId = null,
    string? BrowserLink = null
);
