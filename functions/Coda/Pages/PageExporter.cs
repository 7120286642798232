using System.Net;
using System.Text;
using Coda.Docs;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using ModelContextProtocol;

namespace Coda.Pages;

/// <summary>
/// Exports a page as markdown or HTML. Coda keys the exported file by page and doc alone, so exports of one page go one
/// after another; links live five minutes and are asked for anew when they have died.
/// </summary>
internal sealed class PageExporter(IPagesApi pages, Downloads downloads, ExportedPageCache exported, Pause pause, TimeProvider time)
{
    private const int MostLinks = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ToDownload = TimeSpan.FromSeconds(8);

    /// <param name="format">markdown or html.</param>
    /// <exception cref="McpException">The export failed, or is not ready in time.</exception>
    public async Task<string> ExportAsync(
        DocId doc,
        string pageId,
        string format,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var turn = exported.TurnOf(doc, pageId);
        await turn.WaitAsync(cancellationToken);
        try
        {
            var export = await pages.BeginExportAsync(doc, pageId, new(format), cancellationToken);
            return await FetchAsync(doc, pageId, export.Id, Math.Clamp(waitSeconds, 1, 60), progress, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<string> FetchAsync(
        DocId doc,
        string pageId,
        string exportId,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        for (var link = 1; ; link++)
        {
            var url = await WaitForLinkAsync(doc, pageId, exportId, started, waitSeconds, progress, cancellationToken);
            var file = await downloads.GetAsync(url, cancellationToken);
            if (file.Status == HttpStatusCode.OK && !IsStorageError(file))
            {
                return Encoding.UTF8.GetString(file.Body);
            }

            if (link == MostLinks)
            {
                throw new McpException(
                    $"Coda exported the page, but the download was refused {MostLinks} times (last: {(int)file.Status}). Try again, or use format=plainText."
                );
            }
        }
    }

    private async Task<Uri> WaitForLinkAsync(
        DocId doc,
        string pageId,
        string exportId,
        long started,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var next = FirstPause;
        while (true)
        {
            var left = TimeSpan.FromSeconds(waitSeconds) - time.GetElapsedTime(started);
            if (UpstreamCall.Current is { } call && call.Left - ToDownload < left)
            {
                left = call.Left - ToDownload;
            }

            if (left <= TimeSpan.Zero)
            {
                throw new McpException(
                    $"The export was not ready after {Math.Min(waitSeconds, time.GetElapsedTime(started).TotalSeconds):0} s. Try "
                        + "again in a while, or use format=plainText, which needs no export."
                );
            }

            if (!await pause.WaitAsync(next < left ? next : left, cancellationToken))
            {
                throw new McpException($"{Pause.Stopping} Export the page again in a few seconds.");
            }

            next = TimeSpan.FromTicks(Math.Min(next.Ticks * 2, LongestPause.Ticks));
            progress.Report(
                new()
                {
                    Progress = (float)Math.Min(waitSeconds, time.GetElapsedTime(started).TotalSeconds),
                    Total = waitSeconds,
                    Message = "Waiting for Coda to export the page",
                }
            );
            var status = await ReadStatusAsync(doc, pageId, exportId, cancellationToken);
            if (status?.Error is { Length: > 0 } error)
            {
                throw new McpException($"Coda could not export the page: {error}. format=plainText needs no export.");
            }

            if (status is { Status: "failed", DownloadLink: null })
            {
                throw new McpException("Coda could not export the page and does not say why. format=plainText needs no export.");
            }

            if (Uri.TryCreate(status?.DownloadLink, UriKind.Absolute, out var url))
            {
                return url;
            }
        }
    }

    /// <summary>Null while Coda does not know the export, which is normal just after it began.</summary>
    private async Task<ExportStatus?> ReadStatusAsync(DocId doc, string pageId, string exportId, CancellationToken cancellationToken)
    {
        try
        {
            return await pages.GetExportAsync(doc, pageId, exportId, cancellationToken);
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>A dead link returns the storage's own XML, sometimes as a success.</summary>
    private static bool IsStorageError(Download file) =>
        Encoding.UTF8.GetString(file.Body.AsSpan(0, Math.Min(file.Body.Length, 200))).TrimStart('\uFEFF', ' ', '\r', '\n') is var start
        && start.StartsWith("<?xml", StringComparison.Ordinal)
        && start.Contains("<Error", StringComparison.Ordinal);
}
