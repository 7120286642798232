using System.Net;
using Coda.Docs;
using Coda.Upstream;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace Coda.Pages;

/// <summary>Reads what is written on a page, whole, in the format asked for or the next best.</summary>
internal sealed class PageReader(IPagesApi pages, PageExporter export, ExportedPageCache exported)
{
    private const int LargestContentPage = 500;
    private const int MostLines = 10_000;

    /// <param name="fresh">Read anew, rather than go on in what was exported some minutes ago.</param>
    public async Task<ExportedPage> ReadAsync(
        DocId doc,
        string pageId,
        string format,
        bool fresh,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        if (!fresh && exported.Find(doc, pageId, format) is { } known)
        {
            return known;
        }

        var page = await ReadAnewAsync(doc, pageId, format, waitSeconds, progress, cancellationToken);
        exported.Keep(doc, pageId, format, page);
        return page;
    }

    /// <summary>The page's lines, as many as asked for.</summary>
    public Task<CodaList<PageElement>> ReadLinesAsync(DocId doc, string pageId, int most, CancellationToken cancellationToken) =>
        CodaLists.ReadAllAsync(
            token => pages.ListContentAsync(doc, pageId, Math.Min(most, LargestContentPage), "plainText", token, cancellationToken),
            most
        );

    /// <summary>The first of these ids that no line of the page has; null when there is none.</summary>
    public async Task<string?> FindMissingAsync(
        DocId doc,
        string pageId,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        var missing = ids.ToHashSet(StringComparer.Ordinal);
        if (missing.Count > 0)
        {
            await CodaLists.ReadAllAsync(
                async token =>
                {
                    var lines = await pages.ListContentAsync(doc, pageId, LargestContentPage, "plainText", token, cancellationToken);
                    missing.ExceptWith(lines.Items.Select(line => line.Id));
                    return lines;
                },
                // An id on the last line counts as well.
                most: int.MaxValue,
                isEnough: () => missing.Count == 0
            );
        }

        return ids.FirstOrDefault(missing.Contains);
    }

    private async Task<ExportedPage> ReadAnewAsync(
        DocId doc,
        string pageId,
        string format,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        if (format == "plainText")
        {
            return await ReadPlainAsync(doc, pageId, note: null, cancellationToken);
        }

        var page = await pages.GetPageAsync(doc, pageId, cancellationToken);
        if (page.ContentType is "embed" or "syncPage" or "table")
        {
            throw new McpException(
                $"'{page.Name}' is a page of type {page.ContentType}, which Coda cannot export: only canvas pages have text. "
                    + (
                        page.ContentType == "table"
                            ? "Read its table with coda_list_rows."
                            : "Open its browserLink, or read the page it shows."
                    )
            );
        }

        try
        {
            return new(await export.ExportAsync(doc, pageId, format, waitSeconds, progress, cancellationToken), format);
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.Forbidden)
        {
            return await ReadPlainAsync(
                doc,
                pageId,
                "As plainText, because the token may not export (exports are writes to Coda, and a read-only token is refused): "
                    + $"no {format} formatting, no tables.",
                cancellationToken
            );
        }
    }

    private async Task<ExportedPage> ReadPlainAsync(DocId doc, string pageId, string? note, CancellationToken cancellationToken)
    {
        var lines = await ReadLinesAsync(doc, pageId, MostLines, cancellationToken);
        var cut = lines.Complete
            ? null
            : $"Only the first {lines.Items.Count:N0} lines: Coda gives no more as plainText. Use format=markdown.";
        return new(
            string.Join('\n', lines.Items.Select(line => line.ItemContent?.Content ?? "")),
            "plainText",
            (note, cut) is ({ }, { }) ? $"{note} {cut}" : note ?? cut
        );
    }
}
