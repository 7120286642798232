using System.Globalization;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Pages;
using Firecrawl.Upstream;
using McpGateway.Text;
using McpGateway.Tools.Answers;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Scraping;

/// <summary>What has changed since a page was read before.</summary>
internal sealed partial class PageChangeTools(PageReader reader, KeptPages kept, PageDefaults defaults, Waiting waiting)
{
    /// <summary>Reads a page now (1 credit) and shows what has changed since this gateway last read it, as a diff of its markdown.</summary>
    /// <param name="since">Compare with the page as it was then, such as 2026-11-01; default: as it was last read.</param>
    [McpServerTool(Name = "firecrawl_page_changes", Title = "Changes of a page", ReadOnly = true, OpenWorld = true)]
    public async partial Task<string> GetChangesAsync(
        string url,
        IProgress<ProgressNotificationValue> progress,
        string? since = null,
        bool? onlyMainContent = null,
        CancellationToken cancellationToken = default
    )
    {
        if (!kept.IsOn)
        {
            throw new McpException(
                "This gateway keeps no pages (FIRECRAWL_PAGES_MB=0), so there is nothing to compare with: use firecrawl_scrape."
            );
        }

        var body = Body.Of(
            new
            {
                url,
                onlyMainContent,
                maxAge = 0,
            }
        );
        defaults.AddTo(body);
        var key =
            PageKey.Of(body) ?? throw new McpException($"url='{url}' cannot be compared: use http://… or https://… without a user name.");
        var before = since is not null ? kept.FindAt(key, Read(since)) : kept.FindLast(key);
        var answer = await waiting.ForAsync(reader.ReadAsync(body, once: false, cancellationToken), "The page", progress);
        Answer.Check(answer);
        var document = answer["data"] as JsonObject ?? throw Answer.Unreadable("no page");
        if (document["kept"]?.ToString() is not { } now)
        {
            var why = PageNotes.Of(document, body) ?? document["warning"]?.ToString();
            return $"Nothing was compared, because the page could not be read as a whole. {why}".TrimEnd();
        }

        return before is null
            ? $"This gateway has not read the page before: ask again later. It is kept as {now}."
            : Compare(url, before, TextOf(document), now);
    }

    private static DateTimeOffset Read(string since) =>
        IsoTime.TryRead(since) is { } then
            ? then.Moment
            : throw new McpException($"since='{Cut.To(since, 50)}' is not a date: use one such as 2026-11-01 or 2026-11-01T14:30:00Z.");

    private static string Compare(string url, KeptPage before, string after, string now)
    {
        var earlier = string.Create(
            CultureInfo.InvariantCulture,
            $"the page of {before.Since:yyyy-MM-dd HH:mm} UTC ({PageResources.UriOf(before.Id)})"
        );
        var old = TextOf(before.Document);
        return old == after
                ? $"Nothing has changed since {earlier}, which was last read at "
                    + $"{before.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC."
            : UnifiedDiff.Of(url, old, after) is { } diff ? $"Compared with {earlier}; as of now: {now}.\n\n{diff}"
            : $"Too much has changed since {earlier} to be shown line by line; as of now: {now}.";
    }

    private static string TextOf(JsonObject document) => document["markdown"]?.ToString() ?? "";
}
