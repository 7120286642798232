using Coda.Content;
using Coda.Docs;
using Coda.Mutations;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Pages;

/// <summary>Tools for what is written on a page.</summary>
[McpServerToolType]
internal sealed partial class PageContentTools(
    IPagesApi pages,
    DocResolver docs,
    PageResolver resolver,
    PageText text,
    PageGuard guard,
    ExportedPages exported,
    MutationWaiter waiter
)
{
    private const int MostChars = 100_000;
    private const int MostLines = 500;

    /// <summary>Reads a page's text, without its subpages. Long pages come in parts: continue at nextOffset.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="pageIdOrName">ID, link or name.</param>
    /// <param name="format">markdown (default), html, or plainText (fast, without tables).</param>
    /// <param name="offset">First character, from nextOffset.</param>
    /// <param name="maxChars">At most 100000.</param>
    /// <param name="waitSeconds">Wait for Coda's export, up to 60.</param>
    [McpServerTool(Name = "coda_get_page_content", Title = "Read a page", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<PageContent> GetPageContentAsync(
        string docId,
        string pageIdOrName,
        IProgress<ProgressNotificationValue> progress,
        string format = "markdown",
        int offset = 0,
        int maxChars = 20_000,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        if (format is not ("markdown" or "html" or "plainText"))
        {
            throw new McpException($"format='{format}' is not known: use markdown, html or plainText.");
        }

        if (offset < 0 || maxChars is < 1 or > MostChars)
        {
            throw new McpException($"offset={offset}, maxChars={maxChars}: offset starts at 0, and maxChars goes from 1 to {MostChars}.");
        }

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        var page = await text.ReadAsync(doc, pageId, format, fresh: offset == 0, waitSeconds, progress, cancellationToken);
        return PageContent.Cut(page.Text, page.Format, offset, maxChars, page.Note);
    }

    /// <summary>Reads a page's first lines with their element ids, fast. Tables, buttons and images are not shown.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="pageIdOrName">ID, link or name.</param>
    /// <param name="numLines">1-500.</param>
    [McpServerTool(Name = "coda_peek_page", Title = "Peek at a page", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<PagePeek> PeekPageAsync(
        string docId,
        string pageIdOrName,
        int numLines = 20,
        CancellationToken cancellationToken = default
    )
    {
        if (numLines is < 1 or > MostLines)
        {
            throw new McpException($"numLines={numLines}: it goes from 1 to {MostLines}.");
        }

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var lines = await text.ReadLinesAsync(
            doc,
            await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken),
            numLines,
            cancellationToken
        );
        return new(
            [
                .. lines
                    .Items.Take(numLines)
                    .Select(line => new PageLine(line.Id, line.ItemContent?.Style, line.ItemContent?.Content, line.ItemContent?.LineLevel)),
            ],
            lines.Complete && lines.Items.Count <= numLines
        );
    }

    /// <summary>Adds text at the end or start of a page, or after or before one element. A markdown table becomes a new Coda table.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="pageIdOrName">ID, link or name.</param>
    /// <param name="format">markdown (default) or html.</param>
    /// <param name="mode">append (default) or prepend.</param>
    /// <param name="elementId">From coda_peek_page.</param>
    /// <param name="waitSeconds">Wait until applied, 0-60.</param>
    [McpServerTool(
        Name = "coda_append_page_content",
        Title = "Add to a page",
        Destructive = false,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> AppendPageContentAsync(
        string docId,
        string pageIdOrName,
        string content,
        IProgress<ProgressNotificationValue> progress,
        string? format = null,
        string mode = "append",
        string? elementId = null,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        if (mode is not ("append" or "prepend"))
        {
            throw new McpException($"mode='{mode}' is not known: use append or prepend.");
        }

        var update = new ContentUpdate(mode, elementId, Canvas.Of(content, format));
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        return await WriteAsync(doc, pageId, update, once: true, waitSeconds, progress, cancellationToken);
    }

    /// <summary>Replaces one element (elementId), or without it everything on the page. Do not write back what was exported: that loses tables and formatting.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="pageIdOrName">ID, link or name.</param>
    /// <param name="format">markdown (default) or html.</param>
    /// <param name="elementId">From coda_peek_page.</param>
    /// <param name="force">Replace everything even where tables, controls or formulas are lost.</param>
    /// <param name="waitSeconds">Wait until applied, 0-60.</param>
    [McpServerTool(
        Name = "coda_replace_page_content",
        Title = "Replace on a page",
        Destructive = true,
        Idempotent = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> ReplacePageContentAsync(
        string docId,
        string pageIdOrName,
        string content,
        IProgress<ProgressNotificationValue> progress,
        string? format = null,
        string? elementId = null,
        bool force = false,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        var update = new ContentUpdate("replace", elementId, Canvas.Of(content, format));
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        if (elementId is null && !force)
        {
            await guard.CheckContentAsync(doc, pageId, cancellationToken);
        }

        // The element is gone after the first time: only a replacement of everything may be repeated.
        return await WriteAsync(doc, pageId, update, once: elementId is not null, waitSeconds, progress, cancellationToken);
    }

    /// <summary>Deletes elements of a page, or without elementIds everything on it.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="pageIdOrName">ID, link or name.</param>
    /// <param name="elementIds">From coda_peek_page.</param>
    /// <param name="force">Delete everything even where tables, controls or formulas are lost.</param>
    /// <param name="waitSeconds">Wait until applied, 0-60.</param>
    [McpServerTool(
        Name = "coda_delete_page_content",
        Title = "Delete from a page",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> DeletePageContentAsync(
        string docId,
        string pageIdOrName,
        IProgress<ProgressNotificationValue> progress,
        string[]? elementIds = null,
        bool force = false,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        if (elementIds is { Length: 0 })
        {
            throw new McpException("elementIds=[] names nothing to delete; leave it out to delete everything on the page.");
        }

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        if (elementIds is null && !force)
        {
            await guard.CheckContentAsync(doc, pageId, cancellationToken);
        }

        exported.Forget(doc, pageId);
        var accepted = await pages.DeleteContentAsync(doc, pageId, new(elementIds), cancellationToken);
        return await waiter.WaitAsync(accepted, [pageId], waitSeconds, progress, cancellationToken);
    }

    private async Task<WriteResult> WriteAsync(
        DocId doc,
        string pageId,
        ContentUpdate update,
        bool once,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        exported.Forget(doc, pageId);
        var accepted = await pages.UpdatePageAsync(doc, pageId, new(ContentUpdate: update), once, cancellationToken);
        return await waiter.WaitAsync(accepted, [pageId], waitSeconds, progress, cancellationToken);
    }
}
