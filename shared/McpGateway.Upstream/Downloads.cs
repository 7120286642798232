using System.Net;

namespace McpGateway.Upstream;

/// <summary>
/// Fetches what an API's responses link to on hosts that are not the API: without any credential, from known hosts only,
/// by https (http on loopback only where the API is on loopback too), each redirect checked again, bounded in bytes.
/// </summary>
/// <param name="hosts">Hosts, as <c>name.example</c>, or <c>*.name.example</c> for everything below it.</param>
public sealed class Downloads(HttpClient http, UpstreamApi api, IReadOnlyList<string> hosts)
{
    private const int MostHops = 4;

    /// <summary>The response at a link, whatever its status.</summary>
    /// <exception cref="UpstreamException">The link, or a redirect of it, leads to a host that is not known; or there is no response.</exception>
    public async Task<Download> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MostHops; hop++)
        {
            if (!MayVisit(url))
            {
                throw new UpstreamException(
                    $"{api.Name} linked to {url.Scheme}://{url.Host}, which is not a known download host; nothing was fetched from there."
                );
            }

            using var response = await http.GetAsync(url, cancellationToken);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location)
            {
                return new(
                    response.StatusCode,
                    response.Content.Headers.ContentType?.MediaType,
                    await response.Content.ReadAsByteArrayAsync(cancellationToken)
                );
            }

            url = Uri.TryCreate(url, location, out var target)
                ? target
                : throw new UpstreamException($"{api.Name} linked to a download that redirects, and does not say where to.");
        }

        throw new UpstreamException($"{api.Name} linked to a download that redirects without end.");
    }

    private bool MayVisit(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps
            ? hosts.Any(host => Matches(host, url.Host))
            : url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && api.BaseUrl.IsLoopback;

    /// <summary>By label: <c>*.coda.io</c> takes <c>blobs.coda.io</c>, and neither <c>evilcoda.io</c> nor <c>coda.io</c>.</summary>
    private static bool Matches(string pattern, string host) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a link held.</summary>
public sealed record Download(HttpStatusCode Status, string? MediaType, byte[] Body);
