using System.Net;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using McpGateway.Tools.Answers;
using McpGateway.Upstream;

namespace Firecrawl.Scraping;

/// <summary>
/// Screenshots come as addresses from the cloud, where a model cannot look: they are fetched, and shown as the pictures that they are. What cannot be fetched
/// stays an address.
/// </summary>
internal sealed class Screenshots(Downloads downloads, FirecrawlServer server)
{
    /// <summary>Where the cloud puts them.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["storage.googleapis.com", "*.firecrawl.dev"];

    private const int MostShown = 4;

    public async Task ShowAsync(JsonObject document, CancellationToken cancellationToken)
    {
        if (!server.IsCloud)
        {
            return;
        }

        foreach (var (url, put) in Find(document).Take(MostShown).ToList())
        {
            if (await FetchAsync(url, cancellationToken) is { } picture)
            {
                put(picture);
            }
        }
    }

    private static IEnumerable<(Uri Url, Action<string> Put)> Find(JsonObject document)
    {
        if (UrlOf(document["screenshot"]) is { } url)
        {
            yield return (url, picture => document["screenshot"] = picture);
        }

        var taken = (document["actions"] as JsonObject)?["screenshots"] as JsonArray ?? [];
        for (var index = 0; index < taken.Count; index++)
        {
            if (UrlOf(taken[index]) is { } step)
            {
                var at = index;
                yield return (step, picture => taken[at] = picture);
            }
        }
    }

    private static Uri? UrlOf(JsonNode? value) =>
        value is JsonValue && Uri.TryCreate(value.ToString(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : null;

    /// <returns>The picture as a data URI; null: there is none to be had.</returns>
    private async Task<string?> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            var file = await downloads.GetAsync(url, cancellationToken);
            return file.Status == HttpStatusCode.OK && Picture.Read(file.Body) is { } picture
                ? $"data:{picture.MediaType};base64,{Convert.ToBase64String(file.Body)}"
                : null;
        }
        catch (UpstreamException)
        {
            // The page counts more than its picture, whose address is still there.
            return null;
        }
    }
}
