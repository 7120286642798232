using System.ComponentModel.DataAnnotations;
using Coda.Docs;
using Coda.Mutations;
using Coda.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Publishing;

/// <summary>Tools that put docs on the web.</summary>
internal sealed partial class PublishingTools(IPublishingApi publishing, DocResolver docs, MutationWaiter waiter)
{
    /// <summary>Lists the categories a doc can be published under.</summary>
    [McpServerTool(
        Name = "coda_list_categories",
        Title = "List categories",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<CodaList<Category>> ListCategoriesAsync(CancellationToken cancellationToken) =>
        publishing.ListCategoriesAsync(cancellationToken);

    /// <summary>Publishes a doc on the web, for everyone.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="slug">Its name in the address.</param>
    /// <param name="discoverable">Whether search finds it.</param>
    /// <param name="mode">What visitors may do.</param>
    [McpServerTool(Name = "coda_publish_doc", Title = "Publish a doc", Destructive = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<WriteResult> PublishDocAsync(
        string docId,
        IProgress<ProgressNotificationValue> progress,
        string? slug = null,
        bool? discoverable = null,
        string[]? categoryNames = null,
        [AllowedValues("view", "play", "edit")] string? mode = null,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var accepted = await publishing.PublishAsync(doc, new(slug, discoverable, categoryNames, mode), cancellationToken);
        return await waiter.WaitAsync(accepted, [doc.Value], waitSeconds, progress, cancellationToken);
    }

    /// <summary>Takes a doc off the web.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(
        Name = "coda_unpublish_doc",
        Title = "Unpublish a doc",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> UnpublishDocAsync(string docId, CancellationToken cancellationToken)
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        await publishing.UnpublishAsync(doc, cancellationToken);
        return WriteResult.Done(doc.Value);
    }
}
