using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Coda.Content;
using Coda.Docs;
using Coda.Mutations;
using McpGateway.Authentication;
using McpGateway.Text;
using McpGateway.Tools;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Schemas;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Pages;

/// <summary>Tools for what is written on a page.</summary>
internal sealed partial class PageContentTools(
    IPagesApi pages,
    DocResolver docs,
    PageResolver resolver,
    PageReader text,
    PageGuard guard,
    ExportedPageCache exported,
    MutationWaiter waiter,
    LongAnswers answers,
    IOptions<McpOptions> options
)
{
    private const string ReadName = "coda_get_page_content";
    private const int MostChars = 100_000;
    private const int MostLines = 500;
    private const int LongestQuote = 200;

    /// <summary>Reads a page's text, without its subpages. Long pages come in parts: continue at nextOffset.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="format">plainText: fast, without tables.</param>
    /// <param name="offset">First character, from nextOffset.</param>
    /// <param name="waitSeconds">Wait for Coda's export, up to 60.</param>
    [TextMembers("content")]
    [McpServerTool(Name = ReadName, Title = "Read a page", ReadOnly = true, OpenWorld = true)]
    public async partial Task<PageContent> GetPageContentAsync(
        string docId,
        string pageIdOrName,
        IProgress<ProgressNotificationValue> progress,
        [AllowedValues("markdown", "html", "plainText")] string format = "markdown",
        [AtLeast(0)] int offset = 0,
        [Range(1, MostChars)] int maxChars = 20_000,
        int waitSeconds = 30,
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        var page = await text.ReadAsync(doc, pageId, format, fresh: offset == 0, waitSeconds, progress, cancellationToken);
        var part = PageContent.Cut(page, offset, maxChars, options.Value.AnswerTokens);
        return part.NextOffset is { } next
            ? part with
            {
                MoreCursor = await answers.KeepAsync(page.Text, next, ReadName, user?.CallerName(), cancellationToken),
            }
            : part;
    }

    /// <summary>Reads a page's first lines with their element IDs, fast. Tables, buttons and images are not shown.</summary>
    [McpServerTool(Name = "coda_peek_page", Title = "Peek at a page", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<PagePeek> PeekPageAsync(
        string docId,
        string pageIdOrName,
        [Range(1, MostLines)] int numLines = 20,
        CancellationToken cancellationToken = default
    )
    {
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
    /// <param name="elementId">From coda_peek_page.</param>
    /// <param name="requestId">An ID of your own: a call repeated with it acts once.</param>
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
        [AllowedValues("markdown", "html")] string format = "markdown",
        [AllowedValues("append", "prepend")] string mode = "append",
        string? elementId = null,
        string? requestId = null,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        var update = new ContentUpdate(mode, elementId, Canvas.Of(content, format));
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        await CheckElementsAsync(doc, pageId, nameof(elementId), [elementId], cancellationToken);
        return await WriteAsync(doc, pageId, update, once: true, waitSeconds, progress, cancellationToken);
    }

    /// <summary>
    /// Replaces one element of a page (elementId), or with everything=true all that is on it. Do not write back what was exported:
    /// that loses tables and formatting.
    /// </summary>
    /// <param name="elementId">From coda_peek_page.</param>
    /// <param name="everything">Replace the whole page.</param>
    /// <param name="force">With everything: even where tables, controls or formulas are lost.</param>
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
        [AllowedValues("markdown", "html")] string format = "markdown",
        string? elementId = null,
        bool everything = false,
        bool force = false,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        DemandOne(elementId is null ? [] : [elementId], everything, nameof(elementId));
        var update = new ContentUpdate("replace", elementId, Canvas.Of(content, format));
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        await CheckElementsAsync(doc, pageId, nameof(elementId), [elementId], cancellationToken);
        if (everything && !force)
        {
            await guard.CheckContentAsync(doc, pageId, cancellationToken);
        }

        // The element is gone after the first time: only a replacement of everything may be repeated.
        return await WriteAsync(doc, pageId, update, once: elementId is not null, waitSeconds, progress, cancellationToken);
    }

    /// <summary>Deletes elements of a page (elementIds), or with everything=true all that is on it.</summary>
    /// <param name="elementIds">From coda_peek_page.</param>
    /// <param name="everything">Empty the whole page.</param>
    /// <param name="force">With everything: even where tables, controls or formulas are lost.</param>
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
        bool everything = false,
        bool force = false,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        elementIds = elementIds?.Distinct(StringComparer.Ordinal).ToArray();
        DemandOne(elementIds ?? [], everything, nameof(elementIds));
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        await CheckElementsAsync(doc, pageId, nameof(elementIds), elementIds ?? [], cancellationToken);
        if (everything && !force)
        {
            await guard.CheckContentAsync(doc, pageId, cancellationToken);
        }

        exported.Forget(doc, pageId);
        var accepted = await pages.DeleteContentAsync(doc, pageId, new(elementIds), cancellationToken);
        return await waiter.WaitAsync(accepted, [pageId], waitSeconds, progress, cancellationToken);
    }

    /// <summary>Coda takes any text for an id, and says that it is done although nothing changes: each has to be on the page.</summary>
    private async Task CheckElementsAsync(
        DocId doc,
        string pageId,
        string field,
        IReadOnlyList<string?> ids,
        CancellationToken cancellationToken
    )
    {
        if (await text.FindMissingAsync(doc, pageId, [.. ids.OfType<string>()], cancellationToken) is { } unknown)
        {
            throw new McpException(
                $"{field}='{Cut.To(unknown, LongestQuote)}' is not the id of an element of this page (cl-…): get it from coda_peek_page. "
                    + "Nothing was changed."
            );
        }
    }

    /// <summary>What is to go has to be said: nothing that was left out, or misspelt, means the whole page.</summary>
    private static void DemandOne(string[] elements, bool everything, string field)
    {
        if (elements.Length > 0 == everything)
        {
            throw new McpException(
                $"Nothing was changed. Give either {field} (from coda_peek_page), or everything=true for all that is on the page."
            );
        }
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
