using Coda.Links;
using ModelContextProtocol;

namespace Coda.Docs;

/// <summary>Turns links to things inside a doc into their ids.</summary>
internal sealed class LinkResolver(ILinksApi links)
{
    /// <summary>The id of what the text links to; null when the text is not a link.</summary>
    /// <param name="type">What is wanted there: page, table, column or row.</param>
    /// <param name="field">The tool's parameter, for the error.</param>
    public async Task<string?> TryResolveAsync(DocId doc, string text, string type, string field, CancellationToken cancellationToken)
    {
        if (!CodaLink.IsLink(text))
        {
            return null;
        }

        var resource = (await links.ResolveAsync(text, degradeGracefully: null, cancellationToken)).Resource;
        if (resource.Type != type)
        {
            throw new McpException(
                $"{field}='{text}' links to a {resource.Type} ('{resource.Name ?? resource.Id}'), but a {type} is required."
            );
        }

        if (CodaLink.DocIdOfApi(resource.Href) is { } owner && owner != doc.Value)
        {
            throw new McpException($"{field}='{text}' links into the doc '{owner}', not into docId '{doc}': give the doc of the link.");
        }

        return resource.Id;
    }
}
