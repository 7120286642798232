using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Coda.Docs;
using Coda.Pages;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Coda.Search;

/// <summary>Exporting several pages.</summary>
internal sealed partial class ExportTools(DocResolver docs, PageResolver pages, PageReader text)
{
    private const int MostPages = 20;

    /// <summary>Exports several pages, or a page with all below it, as resource links to read one by one.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="pageIdsOrNames">Pages, by ID, link or name.</param>
    /// <param name="rootPageIdOrName">Instead: a page and all below it.</param>
    /// <param name="format">markdown (default), html or plainText.</param>
    /// <param name="maxPages">1-20.</param>
    [McpServerTool(
        Name = "coda_export_pages",
        Title = "Export pages",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true,
        OutputSchemaType = typeof(PageExports)
    )]
    public async partial Task<CallToolResult> ExportPagesAsync(
        string docId,
        IProgress<ProgressNotificationValue> progress,
        string[]? pageIdsOrNames = null,
        string? rootPageIdOrName = null,
        [AllowedValues("markdown", "html", "plainText")] string format = "markdown",
        [Range(1, MostPages)] int maxPages = 10,
        CancellationToken cancellationToken = default
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var wanted = await FindAsync(doc, pageIdsOrNames, rootPageIdOrName, cancellationToken);
        var files = new List<ExportedFile>();
        foreach (var page in wanted.Take(maxPages))
        {
            progress.Report(
                new()
                {
                    Progress = files.Count,
                    Total = Math.Min(wanted.Count, maxPages),
                    Message = $"Exporting {page.Name}",
                }
            );
            files.Add(await ExportAsync(doc, page, format, cancellationToken));
        }

        var complete = files.Count == wanted.Count && files.TrueForAll(file => file.Error is null);
        var exports = new PageExports(
            files,
            complete,
            files.Count < wanted.Count ? $"{wanted.Count - files.Count} more pages were left out: raise maxPages, or name them." : null
        );
        var json = JsonSerializer.SerializeToElement(exports, McpJsonUtilities.DefaultOptions);
        return new()
        {
            StructuredContent = json,
            Content = [new TextContentBlock { Text = json.GetRawText() }, .. files.Where(file => file.Uri is not null).Select(Link)],
        };
    }

    private async Task<IReadOnlyList<PageSummary>> FindAsync(
        DocId doc,
        string[]? pageIdsOrNames,
        string? rootPageIdOrName,
        CancellationToken cancellationToken
    )
    {
        if (pageIdsOrNames is { Length: > 0 } == rootPageIdOrName is not null)
        {
            throw new McpException("Give either pageIdsOrNames or rootPageIdOrName.");
        }

        var all = await pages.ListAllAsync(doc, cancellationToken);
        if (rootPageIdOrName is not null)
        {
            var root = await pages.ResolveAsync(doc, rootPageIdOrName, cancellationToken, nameof(rootPageIdOrName));
            var subtree = PageTree.Subtree(all.Items, root);
            return subtree.Count > 0
                ? subtree
                : throw new McpException($"rootPageIdOrName='{rootPageIdOrName}' is not among the doc's pages.");
        }

        var wanted = new List<PageSummary>();
        foreach (var name in pageIdsOrNames!)
        {
            var id = await pages.ResolveAsync(doc, name, cancellationToken, nameof(pageIdsOrNames));
            wanted.Add(all.Items.FirstOrDefault(page => page.Id == id) ?? new PageSummary(id, name));
        }

        return [.. wanted.DistinctBy(page => page.Id)];
    }

    /// <summary>One page that cannot be exported does not spoil the others.</summary>
    private async Task<ExportedFile> ExportAsync(DocId doc, PageSummary page, string format, CancellationToken cancellationToken)
    {
        try
        {
            var exported = await text.ReadAsync(
                doc,
                page.Id,
                format,
                fresh: true,
                waitSeconds: 60,
                new Progress<ProgressNotificationValue>(),
                cancellationToken
            );
            return new(page.Id, page.Name, PageResources.UriOf(doc, page.Id, exported.Format), exported.Format, exported.Text.Length);
        }
        catch (McpException e)
        {
            return new(page.Id, page.Name, Error: e.Message);
        }
    }

    private static ResourceLinkBlock Link(ExportedFile file) =>
        new()
        {
            Uri = file.Uri!,
            Name = file.Name,
            MimeType = PageResources.MediaTypeOf(file.Format!),
            Size = null,
        };
}
