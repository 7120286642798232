using System.ComponentModel.DataAnnotations;
using Coda.Content;
using Coda.Docs;
using Coda.Mutations;
using Coda.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Pages;

/// <summary>Tools for pages: where they are, what they are called.</summary>
internal sealed partial class PageTools(IPagesApi pages, DocResolver docs, PageResolver resolver, PageGuard guard, MutationWaiter waiter)
{
    /// <summary>Lists a doc's pages.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="tree">All pages at once, each after its parent, with depth.</param>
    [McpServerTool(Name = "coda_list_pages", Title = "List pages", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<CodaList<PageSummary>> ListPagesAsync(
        string docId,
        bool tree = false,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        if (!tree)
        {
            return await pages.ListPagesAsync(doc, limit, pageToken, cancellationToken);
        }

        var all = await resolver.ListAllAsync(doc, cancellationToken);
        return all with { Items = PageTree.Order(all.Items) };
    }

    /// <summary>Gets a page's title, place and kind. For its text use coda_get_page_content.</summary>
    [McpServerTool(Name = "coda_get_page", Title = "Get a page", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<Page> GetPageAsync(string docId, string pageIdOrName, CancellationToken cancellationToken)
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        return await pages.GetPageAsync(doc, await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken), cancellationToken);
    }

    /// <summary>Creates a page with text, or one that embeds a web page or syncs a page of another doc. A markdown table becomes a new Coda table.</summary>
    /// <param name="imageUrl">Cover image.</param>
    /// <param name="parentPageId">ID, link or name of the page above; default: top level.</param>
    /// <param name="format">markdown (default) or html.</param>
    /// <param name="embedUrl">Instead of content: web page to embed.</param>
    /// <param name="syncDocId">Instead of content: doc to sync.</param>
    /// <param name="syncPageId">One page of that doc; default: all.</param>
    /// <param name="requestId">An ID of your own: a call repeated with it acts once.</param>
    [McpServerTool(Name = "coda_create_page", Title = "Create a page", Destructive = false, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<WriteResult> CreatePageAsync(
        string docId,
        string name,
        IProgress<ProgressNotificationValue> progress,
        string? subtitle = null,
        string? iconName = null,
        string? imageUrl = null,
        string? parentPageId = null,
        string? content = null,
        [AllowedValues("markdown", "html")] string? format = null,
        string? embedUrl = null,
        string? syncDocId = null,
        string? syncPageId = null,
        string? requestId = null,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        if (new[] { content, embedUrl, syncDocId }.Count(kind => kind is not null) > 1)
        {
            throw new McpException("Give only one of content, embedUrl and syncDocId: a page is one of these.");
        }

        if (syncPageId is not null && syncDocId is null)
        {
            throw new McpException("syncPageId is a page of syncDocId: give that as well, or leave it out. Nothing was created.");
        }

        imageUrl = WebAddress.Read(imageUrl, nameof(imageUrl));
        embedUrl = WebAddress.Read(embedUrl, nameof(embedUrl));
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var parent = parentPageId is null
            ? null
            : await resolver.ResolveExistingAsync(doc, parentPageId, nameof(parentPageId), cancellationToken);
        var body =
            content is not null ? new NewPageContent("canvas", Canvas.Of(content, format))
            : embedUrl is not null ? new NewPageContent("embed", Url: embedUrl)
            : syncDocId is not null ? await SyncAsync(syncDocId, syncPageId, cancellationToken)
            : null;
        var accepted = await pages.CreatePageAsync(doc, new(name, subtitle, iconName, imageUrl, parent, body), cancellationToken);
        return await waiter.WaitAsync(accepted, Id(accepted), waitSeconds, progress, cancellationToken);
    }

    /// <summary>Changes a page's title, subtitle, icon, cover or visibility; not its text.</summary>
    /// <param name="imageUrl">Cover image.</param>
    /// <param name="isHidden">Ignored by Coda for a doc's only page.</param>
    [McpServerTool(
        Name = "coda_update_page",
        Title = "Update a page",
        Destructive = false,
        Idempotent = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> UpdatePageAsync(
        string docId,
        string pageIdOrName,
        IProgress<ProgressNotificationValue> progress,
        string? name = null,
        [EmptyClears] string? subtitle = null,
        string? iconName = null,
        string? imageUrl = null,
        bool? isHidden = null,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        if (name is null && subtitle is null && iconName is null && imageUrl is null && isHidden is null)
        {
            throw new McpException("Nothing to change: give name, subtitle, iconName, imageUrl or isHidden.");
        }

        imageUrl = WebAddress.Read(imageUrl, nameof(imageUrl));

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        var accepted = await pages.UpdatePageAsync(
            doc,
            pageId,
            new(name, subtitle, iconName, imageUrl, isHidden),
            once: false,
            cancellationToken
        );
        return await waiter.WaitAsync(accepted, Id(accepted), waitSeconds, progress, cancellationToken);
    }

    /// <summary>Deletes a page with all that is on it.</summary>
    /// <param name="force">Even with subpages, tables, controls or formulas.</param>
    [McpServerTool(Name = "coda_delete_page", Title = "Delete a page", Destructive = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<WriteResult> DeletePageAsync(
        string docId,
        string pageIdOrName,
        IProgress<ProgressNotificationValue> progress,
        bool force = false,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var pageId = await resolver.ResolveAsync(doc, pageIdOrName, cancellationToken);
        if (!force)
        {
            await guard.CheckPageAsync(doc, pageId, cancellationToken);
        }

        var accepted = await pages.DeletePageAsync(doc, pageId, cancellationToken);
        return await waiter.WaitAsync(accepted, Id(accepted), waitSeconds, progress, cancellationToken);
    }

    private async Task<NewPageContent> SyncAsync(string syncDocId, string? syncPageId, CancellationToken cancellationToken)
    {
        var source = await docs.ResolveAsync(syncDocId, cancellationToken, nameof(syncDocId));
        return syncPageId is null
            ? new("syncPage", Mode: "document", SourceDocId: source.Value)
            : new(
                "syncPage",
                Mode: "page",
                SourceDocId: source.Value,
                IncludeSubpages: true,
                SourcePageId: await resolver.ResolveExistingAsync(source, syncPageId, nameof(syncPageId), cancellationToken)
            );
    }

    private static string[]? Id(Accepted accepted) => accepted.Id is null ? null : [accepted.Id];
}
