using System.Text.RegularExpressions;
using Coda.Links;
using Coda.Upstream;
using ModelContextProtocol;

namespace Coda.Docs;

/// <summary>Finds the doc that a model means by an id, a browser link or a name.</summary>
internal sealed partial class DocResolver(IDocsApi docs, ILinksApi links, AllowedDocs allowed)
{
    private const int LongestId = 12;

    /// <param name="field">The tool's parameter, for the error.</param>
    public async Task<DocId> ResolveAsync(string docId, CancellationToken cancellationToken, string field = "docId")
    {
        var text = Named.Demand(docId, field);
        var id =
            CodaLink.IsLink(text) ? await FromLinkAsync(text, field, cancellationToken)
            : FromSegment().Match(text) is { Success: true } segment && !Named.IsOfWords(segment.Groups["id"].Value)
                ? segment.Groups["id"].Value
            : IdShape().IsMatch(text) && text.Length <= LongestId && !Named.IsOfWords(text) ? text
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

        if (CodaLink.IsUri(link))
        {
            throw new McpException($"{field}='{link}' does not name a doc.");
        }

        var resource = (await links.ResolveAsync(CodaLink.Complete(link), degradeGracefully: null, cancellationToken)).Resource;
        return (resource.Type == "doc" ? resource.Id : CodaLink.DocIdOfApi(resource.Href))
            ?? throw new McpException($"{field}='{link}' links to a {resource.Type}, not into a doc.");
    }

    private async Task<string> FromNameAsync(string name, string field, CancellationToken cancellationToken)
    {
        if (Named.TryFind(await ListAsync(name, cancellationToken), name, field, doc => doc.Id, doc => doc.Name) is { } named)
        {
            return named.Id;
        }

        // Also for the error: what the search for the name leaves out is what the caller may have meant.
        return FromSegment().Match(name) is { Success: true } segment ? segment.Groups["id"].Value
            : IdShape().IsMatch(name) && (name.Length <= LongestId || !Named.IsOfWords(name)) ? name
            : Named.Find(await ListAsync(null, cancellationToken), name, field, doc => doc.Id, doc => doc.Name).Id;
    }

    private async Task<IReadOnlyCollection<DocSummary>> ListAsync(string? query, CancellationToken cancellationToken)
    {
        var found = await CodaLists.ReadAllAsync(
            token => docs.ListDocsAsync(query, null, null, null, null, null, null, null, 100, token, cancellationToken),
            most: 200
        );
        return [.. found.Items.Where(doc => allowed.Contains(doc.Id))];
    }

    // Doc ids have ten characters today and eight in Coda's own examples.
    [GeneratedRegex("^[A-Za-z0-9_-]{8,}$")]
    private static partial Regex IdShape();

    // The doc's part of a browser link, copied by itself; "product_description" has that form as well.
    [GeneratedRegex("^(?:[^/ ]*)_d(?<id>[A-Za-z0-9_-]{10})$")]
    private static partial Regex FromSegment();
}
