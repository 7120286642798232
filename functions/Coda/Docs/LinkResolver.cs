using Coda.Links;
using ModelContextProtocol;

namespace Coda.Docs;

/// <summary>Turns links to things inside a doc into their ids.</summary>
internal sealed class LinkResolver(ILinksApi links)
{
    /// <summary>The id of what the text links to; null when the text is not a link.</summary>
    /// <param name="type">What is wanted there: page, table, column or row. A link to a row or a column leads to its table as well.</param>
    /// <param name="field">The tool's parameter, for the error.</param>
    public async Task<string?> TryResolveAsync(DocId doc, string text, string type, string field, CancellationToken cancellationToken)
    {
        if (!CodaLink.IsLink(text))
        {
            return null;
        }

        if (CodaLink.IsUri(text))
        {
            CheckOwner(CodaLink.DocIdOf(text), doc, text, field);
            return CodaLink.PartOf(text, $"{type}s") ?? throw new McpException($"{field}='{text}' does not name a {type}.");
        }

        var resource = (await links.ResolveAsync(CodaLink.Complete(text), degradeGracefully: null, cancellationToken)).Resource;
        CheckOwner(CodaLink.DocIdOfApi(resource.Href), doc, text, field);
        return resource.Type == type ? resource.Id
            : type == "table" && TableIdOf(resource) is { } tableId ? tableId
            : throw new McpException(
                $"{field}='{text}' links to a {resource.Type} ('{resource.Name ?? resource.Id}'), but a {type} is required."
            );
    }

    /// <summary>The table of a row or a column.</summary>
    public static string? TableIdOf(LinkedResource resource) =>
        resource is { Type: "row" or "column", Href: { } href } ? CodaLink.PartOf(href, "tables") : null;

    private static void CheckOwner(string? owner, DocId doc, string text, string field)
    {
        if (owner is not null && owner != doc.Value)
        {
            throw new McpException($"{field}='{text}' links into the doc '{owner}', not into docId '{doc}': give the doc of the link.");
        }
    }
}
