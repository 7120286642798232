using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Pages;
using Firecrawl.Upstream;

namespace Firecrawl.Scraping;

/// <summary>Reads single pages: from memory where what is kept is young enough for the call, else by Firecrawl, and then keeps what was read.</summary>
internal sealed class PageReader(
    IScrapeApi scrape,
    KeptPages kept,
    TargetGuard guard,
    PageDefaults defaults,
    FirecrawlOptions options,
    TimeProvider time
)
{
    private const int MostKeptBytes = 4_000_000;

    /// <param name="body">The body of a scrape.</param>
    /// <param name="once">Set when the page is acted on, which must not happen twice.</param>
    /// <returns>A response in the API's form.</returns>
    public async Task<JsonObject> ReadAsync(JsonObject body, bool once, CancellationToken cancellationToken)
    {
        // What is kept is known again by all of its options.
        defaults.AddTo(body);
        var key = kept.IsOn ? PageKey.Of(body) : null;
        if (key is not null && AgeAllowed(body) is var allowed && allowed > TimeSpan.Zero && kept.FindLast(key) is { } page)
        {
            var age = time.GetUtcNow() - page.At;
            if (age <= allowed)
            {
                // The operator may have drawn the line anew since.
                await guard.CheckAsync("url", body["url"]!.ToString(), cancellationToken);
                return Recall(page, age);
            }
        }

        var answer = await scrape.ScrapeAsync(body, once, cancellationToken);
        if (
            key is not null
            && answer["data"] is JsonObject document
            && IsWhole(document)
            && document
                .Select(member => member.Key)
                .ToList()
                .TrueForAll(name => PageText.Of(document, name) is not { } text || Encoding.UTF8.GetByteCount(text) <= MostKeptBytes)
            && kept.Keep(key, document) is { } id
        )
        {
            document["kept"] = PageResources.UriOf(id);
        }

        return answer;
    }

    private TimeSpan AgeAllowed(JsonObject body) =>
        body["maxAge"] is { } given
            ? long.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, TimeSpan.FromDays(3650).TotalMilliseconds))
                : TimeSpan.Zero
            : TimeSpan.FromMinutes(options.PagesMinutes);

    /// <summary>An error page, and a page of which something is missing, are read anew each time.</summary>
    private static bool IsWhole(JsonObject document)
    {
        var metadata = document["metadata"] as JsonObject;
        return metadata?["error"] is null
            && document["warning"] is null
            && !(int.TryParse(metadata?["statusCode"]?.ToString(), CultureInfo.InvariantCulture, out var status) && status >= 400);
    }

    private static JsonObject Recall(KeptPage page, TimeSpan age)
    {
        var document = page.Document;
        if (document["metadata"] is JsonObject metadata && metadata.ContainsKey("creditsUsed"))
        {
            metadata["creditsUsed"] = 0;
        }

        document["kept"] = PageResources.UriOf(page.Id);
        document["fromMemory"] = string.Create(
            CultureInfo.InvariantCulture,
            $"Read {page.At:yyyy-MM-dd HH:mm} UTC, {Describe(age)} ago, and kept by this gateway: no credits. maxAge: 0 reads the page now."
        );
        return new() { ["success"] = true, ["data"] = document };
    }

    private static string Describe(TimeSpan age) =>
        age.TotalMinutes < 2 ? $"{Math.Max(0, (int)age.TotalSeconds)} s"
        : age.TotalHours < 2 ? $"{(int)age.TotalMinutes} minutes"
        : age.TotalDays < 2 ? $"{(int)age.TotalHours} hours"
        : $"{(int)age.TotalDays} days";
}
