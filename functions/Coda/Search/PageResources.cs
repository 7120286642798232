using Coda.Docs;
using Coda.Pages;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Coda.Search;

/// <summary>Pages as resources.</summary>
internal sealed partial class PageResources(DocResolver docs, PageReader text)
{
    /// <summary>A page's whole text, as markdown, html or plainText.</summary>
    [McpServerResource(UriTemplate = "coda://docs/{docId}/pages/{pageId}/{format}", Name = "coda_page", Title = "A page of a Coda doc")]
    public async partial Task<ResourceContents> ReadPageAsync(
        string docId,
        string pageId,
        string format,
        CancellationToken cancellationToken
    )
    {
        if (format is not ("markdown" or "html" or "plainText"))
        {
            throw new McpException($"format='{format}' is not known: use markdown, html or plainText.");
        }

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var page = await text.ReadAsync(
            doc,
            pageId,
            format,
            fresh: false,
            waitSeconds: 60,
            new Progress<ProgressNotificationValue>(),
            cancellationToken
        );
        return new TextResourceContents
        {
            Uri = UriOf(doc, pageId, format),
            MimeType = MediaTypeOf(page.Format),
            Text = page.Text,
        };
    }

    public static McpServerResourceCollection Collection { get; } =
    [
        new Template(
            McpServerResource.Create(
                typeof(PageResources).GetMethod(nameof(ReadPageAsync))!,
                request => ActivatorUtilities.CreateInstance<PageResources>(request.Services!)
            )
        ),
    ];

    public static string UriOf(DocId doc, string pageId, string format) =>
        $"coda://docs/{Uri.EscapeDataString(doc.Value)}/pages/{Uri.EscapeDataString(pageId)}/{format}";

    public static string MediaTypeOf(string format) =>
        format switch
        {
            "markdown" => "text/markdown",
            "html" => "text/html",
            _ => "text/plain",
        };

    /// <summary>A template has a media type only where all that it leads to has it; the SDK would call these binary.</summary>
    private sealed class Template(McpServerResource inner) : DelegatingMcpServerResource(inner)
    {
        public override ResourceTemplate ProtocolResourceTemplate { get; } =
            new()
            {
                UriTemplate = inner.ProtocolResourceTemplate.UriTemplate,
                Name = inner.ProtocolResourceTemplate.Name,
                Title = inner.ProtocolResourceTemplate.Title,
                Description = inner.ProtocolResourceTemplate.Description,
            };
    }
}
