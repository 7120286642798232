using System.ComponentModel.DataAnnotations;
using Coda.Docs;
using Coda.Links;
using Coda.Mutations;
using Coda.Upstream;
using McpGateway.Text;
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
        var categories = await CategoriesAsync(categoryNames, cancellationToken);
        var accepted = await publishing.PublishAsync(doc, new(slug, discoverable, categories, mode), cancellationToken);
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

    /// <summary>The categories as Coda writes them, each once.</summary>
    /// <exception cref="McpException">One is none.</exception>
    private async Task<string[]?> CategoriesAsync(string[]? names, CancellationToken cancellationToken)
    {
        if (names is not { Length: > 0 })
        {
            return null;
        }

        var known = (await publishing.ListCategoriesAsync(cancellationToken)).Items.Select(category => category.Name).ToList();
        return
        [
            .. names
                .Select(name =>
                    known.Find(one => Named.Fold(one) == Named.Fold(name))
                    ?? throw new McpException(
                        $"categoryNames has '{Cut.To(name, 100)}', which is no category. There are: {string.Join(", ", known)}. Nothing was published."
                    )
                )
                .Distinct(),
        ];
    }
}
