using System.Globalization;
using Coda.Content;
using Coda.Mutations;
using Coda.Upstream;
using McpGateway.Tools.Arguments;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Docs;

/// <summary>Tools for whole docs.</summary>
internal sealed partial class DocTools(IDocsApi docs, DocResolver resolver, AllowedDocs allowed)
{
    private const string TooLarge = "This doc is larger than the API can read (125 MB): its pages and tables cannot be reached.";

    /// <summary>Lists docs, last used first. Only docs the user has opened at least once appear.</summary>
    /// <param name="query">Words of the name.</param>
    /// <param name="sourceDoc">Only copies of this doc.</param>
    /// <param name="pageToken">nextPageToken of the previous page; the other parameters are then ignored.</param>
    [McpServerTool(Name = "coda_list_docs", Title = "List docs", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<CodaList<DocSummary>> ListDocsAsync(
        string? query = null,
        bool? isOwner = null,
        bool? isPublished = null,
        bool? isStarred = null,
        bool? inGallery = null,
        string? sourceDoc = null,
        string? workspaceId = null,
        string? folderId = null,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    )
    {
        var source = sourceDoc is null ? null : (await resolver.ResolveAsync(sourceDoc, cancellationToken, nameof(sourceDoc))).Value;
        var list = await docs.ListDocsAsync(
            query,
            isOwner,
            isPublished,
            isStarred,
            inGallery,
            source,
            workspaceId,
            folderId,
            limit,
            pageToken,
            cancellationToken
        );
        return allowed.AreLimited
            ? list with
            {
                Items = [.. list.Items.Where(doc => allowed.Contains(doc.Id))],
                Note = "Only docs of CODA_ALLOWED_DOCS are listed.",
            }
            : list;
    }

    /// <summary>Gets a doc's name, owner, place and size.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(Name = "coda_get_doc", Title = "Get a doc", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<Doc> GetDocAsync(string docId, CancellationToken cancellationToken)
    {
        var doc = await docs.GetDocAsync(await resolver.ResolveAsync(docId, cancellationToken), cancellationToken);
        return doc.DocSize?.OverApiSizeLimit == true ? doc with { Note = TooLarge } : doc;
    }

    /// <summary>Creates a doc, empty or as a copy of another. Tables, columns and views cannot be created through the API; a copy brings its own.</summary>
    /// <param name="sourceDoc">ID or link of the doc to copy.</param>
    /// <param name="timezone">Such as America/Los_Angeles.</param>
    /// <param name="folderId">Default: My docs.</param>
    /// <param name="initialPage">First page.</param>
    /// <param name="requestId">An ID of your own: a call repeated with it acts once.</param>
    [McpServerTool(Name = "coda_create_doc", Title = "Create a doc", Destructive = false, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<DocSummary> CreateDocAsync(
        string? title = null,
        string? sourceDoc = null,
        string? timezone = null,
        string? folderId = null,
        InitialPage? initialPage = null,
        string? requestId = null,
        CancellationToken cancellationToken = default
    )
    {
        if (allowed.AreLimited)
        {
            throw new McpException(
                "This gateway may only touch the docs of CODA_ALLOWED_DOCS, and a new one would not be among them. Ask its operator."
            );
        }

        var zone = ZoneName.Read(timezone, nameof(timezone));
        var source = sourceDoc is null ? null : (await resolver.ResolveAsync(sourceDoc, cancellationToken, nameof(sourceDoc))).Value;
        return await docs.CreateDocAsync(new(title, source, zone, folderId, initialPage?.ToPage()), cancellationToken);
    }

    /// <summary>Renames a doc or changes its icon.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(
        Name = "coda_update_doc",
        Title = "Update a doc",
        Destructive = false,
        Idempotent = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> UpdateDocAsync(
        string docId,
        string? title = null,
        string? iconName = null,
        CancellationToken cancellationToken = default
    )
    {
        if (title is null && iconName is null)
        {
            throw new McpException("Nothing to change: give title or iconName.");
        }

        var doc = await resolver.ResolveAsync(docId, cancellationToken);
        await docs.UpdateDocAsync(doc, new(title, iconName), cancellationToken);
        return WriteResult.Done(doc.Value);
    }

    /// <summary>Deletes a whole doc with all pages and tables.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="force">Only once the user has agreed to what is lost.</param>
    [McpServerTool(Name = "coda_delete_doc", Title = "Delete a doc", Destructive = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<WriteResult> DeleteDocAsync(string docId, bool force = false, CancellationToken cancellationToken = default)
    {
        var id = await resolver.ResolveAsync(docId, cancellationToken);
        if (!force)
        {
            var doc = await docs.GetDocAsync(id, cancellationToken);
            var content = doc.DocSize is { } size
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{size.PageCount} pages, {size.TableAndViewCount} tables and views, {size.TotalRowCount} rows"
                )
                : "all of its pages, tables and rows";
            throw new McpException(
                $"Nothing was deleted: with the doc '{doc.Name}' of {doc.Owner ?? "an unknown owner"} go {content}. Ask the user, "
                    + "and call again with force=true."
            );
        }

        await docs.DeleteDocAsync(id, cancellationToken);
        return new("accepted", Ids: [id.Value], Note: "Coda accepted the deletion and does not report when it is done.");
    }
}
