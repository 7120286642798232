using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;

namespace Firecrawl.Scraping;

/// <summary>Adds the operator's defaults and bounds to every request that reads pages, so that no tool can forget to.</summary>
internal sealed class PageDefaultsHandler(PageDefaults defaults, CreditCap cap) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (
            (defaults.AreSet || cap.Most is not null)
            && request.Method == HttpMethod.Post
            && request.Content?.Headers.ContentType?.MediaType == "application/json"
            && JsonNode.Parse(await request.Content.ReadAsByteArrayAsync(cancellationToken)) is JsonObject body
        )
        {
            var path = request.RequestUri!.AbsolutePath;
            var options = defaults.AreSet ? FindOptions(path, body) : null;
            if (options is not null)
            {
                defaults.AddTo(options);
                Patience.Allow((int?)options["timeout"]);
            }

            if (path.EndsWith("/scrape", StringComparison.Ordinal) && body.ContainsKey("url"))
            {
                cap.BoundDocument(body);
            }
            else if (cap.BoundsDocuments && !path.EndsWith("/extract", StringComparison.Ordinal) && FindOptions(path, body) is { } pages)
            {
                cap.BoundDocuments(path, body, pages);
            }

            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, FirecrawlJson.Options))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        }

        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>Where a request has the options of its pages; null: it reads none.</summary>
    private static JsonObject? FindOptions(string path, JsonObject body) =>
        path.EndsWith("/scrape", StringComparison.Ordinal) ? (body.ContainsKey("url") || body.ContainsKey("urls") ? body : null)
        : path.EndsWith("/search", StringComparison.Ordinal) ? body["scrapeOptions"] as JsonObject
        : path.EndsWith("/crawl", StringComparison.Ordinal) || path.EndsWith("/extract", StringComparison.Ordinal)
            ? (body["scrapeOptions"] ??= new JsonObject()).AsObject()
        : null;
}
