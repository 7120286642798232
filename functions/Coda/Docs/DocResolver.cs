using System.Text.RegularExpressions;
using Coda.Links;
using Coda.Upstream;
using ModelContextProtocol;

namespace Coda.Docs;

/// <summary>Finds the doc that a model means by an id, a browser link or a name.</summary>
internal sealed partial class DocResolver(IDocsApi docs, ILinksApi links, AllowedDocs allowed)
{
    /// <param name="field">The tool's parameter, for the error.</param>
    public async Task<DocId> ResolveAsync(string docId, CancellationToken cancellationToken, string field = "docId")
    {
        var text = docId.Trim();
        var id =
            CodaLink.IsLink(text) ? await FromLinkAsync(text, field, cancellationToken)
            : IdShape().IsMatch(text) ? text
            : await FromNameAsync(text, field, cancellationToken);
        allowed.Check(id);
        return new(id);
    }

    private async Task<string> FromLinkAsync(string link, string field, CancellationToken cancellationToken)
    {
        if (CodaLink.DocIdOf(link) is { } id)
        {
            return id;
        }

        var resource = (await links.ResolveAsync(link, degradeGracefully: null, cancellationToken)).Resource;
        return (resource.Type == "doc" ? resource.Id : CodaLink.DocIdOfApi(resource.Href))
            ?? throw new McpException($"{field}='{link}' links to a {resource.Type}, not into a doc.");
    }

    private async Task<string> FromNameAsync(string name, string field, CancellationToken cancellationToken)
    {
        var found = await CodaLists.ReadAllAsync(
            token => docs.ListDocsAsync(name, null, null, null, null, null, null, null, 100, token, cancellationToken),
            most: 200
        );
        return Named.Find([.. found.Items.Where(doc => allowed.Contains(doc.Id))], name, field, doc => doc.Id, doc => doc.Name).Id;
    }

    // Doc ids have ten characters today and eight in Coda's own examples; a name of one such word is taken for an id.
    [GeneratedRegex("^[A-Za-z0-9_-]{8,}$")]
    private static partial Regex IdShape();
}
