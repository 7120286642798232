using Firecrawl.Answers;
using Firecrawl.Upstream;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Pages;

/// <summary>Kept pages as resources, so that a page needs not be carried through a conversation.</summary>
internal sealed partial class PageResources(KeptPages kept, Domains domains)
{
    private const string Start = "firecrawl://pages/";

    /// <summary>A page that firecrawl_scrape has read and kept: its markdown, or all of it as JSON where it has none.</summary>
    [McpServerResource(UriTemplate = Start + "{id}", Name = "firecrawl_page", Title = "A page that was read")]
    public partial ResourceContents Read(string id)
    {
        var page =
            kept.Find(id)
            ?? throw new McpException($"The page '{id}' is not kept, or not any more: scrape it again. Its id is in a scrape's 'kept'.");
        // Of a page that does not say where it is from, nobody knows whether it may be read.
        if (domains.AreBounded && (SourceOf(page) is not { } source || !domains.Allows(source.IdnHost)))
        {
            throw new McpException(
                "The page is refused: this gateway may not read its domain (FIRECRAWL_ALLOWED_DOMAINS, FIRECRAWL_DENIED_DOMAINS)."
            );
        }

        return page.Document["markdown"] is { } markdown
            ? new TextResourceContents
            {
                Uri = UriOf(id),
                MimeType = "text/markdown",
                Text = markdown.ToString(),
            }
            : new TextResourceContents
            {
                Uri = UriOf(id),
                MimeType = "application/json",
                Text = Answer.Of(page.Document),
            };
    }

    public static McpServerResourceCollection Collection { get; } =
    [
        McpServerResource.Create(
            typeof(PageResources).GetMethod(nameof(Read))!,
            request => ActivatorUtilities.CreateInstance<PageResources>(request.Services!)
        ),
    ];

    public static string UriOf(string id) => Start + id;

    private static Uri? SourceOf(KeptPage page) =>
        Uri.TryCreate(
            (page.Document["metadata"]?["sourceURL"] ?? page.Document["metadata"]?["url"])?.ToString(),
            UriKind.Absolute,
            out var url
        )
            ? url
            : null;
}
