using System.Net;
using System.Text.Json;
using McpGateway.Caching;
using Microsoft.Extensions.Logging;

namespace McpGateway.OAuth.Clients;

/// <summary>
/// Client ID metadata documents: the id is a URL that returns the client's metadata. Fetched only after the operator has
/// authenticated, from public addresses, without redirects, small and quickly.
/// https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.txt
/// </summary>
internal sealed partial class ClientDocuments(IHttpClientFactory http, TimeProvider time, ILogger<ClientDocuments> logger)
{
    public const string HttpClientName = "oauth-client-documents";
    public const int LargestDocument = 16 * 1024;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MostCached = 1_000;

    private static readonly TimeSpan LongestCached = TimeSpan.FromHours(24);
    private static readonly TimeSpan FailureCached = TimeSpan.FromMinutes(1);

    private readonly Remembered<string, Entry> known = new(LongestCached, MostCached, time);

    /// <summary>Whether an id has the form of a document's URL: https, a host name, the default port, a path, nothing to normalise.</summary>
    public static bool IsDocumentUrl(string id) =>
        id.Length <= 512
        && Uri.TryCreate(id, UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps
        && url.IsDefaultPort
        && url.HostNameType == UriHostNameType.Dns
        && url.Host.Contains('.', StringComparison.Ordinal)
        && url.AbsolutePath != "/"
        && url.UserInfo.Length == 0
        && !id.Contains('#', StringComparison.Ordinal)
        && url.AbsoluteUri == id;

    /// <summary>The client a document describes.</summary>
    /// <exception cref="OAuthException">The document cannot be had or is not acceptable; the message says why.</exception>
    public async Task<OAuthClient> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (!known.TryFind(id, out var entry))
        {
            (entry, var lifetime) = await FetchAsync(id, cancellationToken);
            known.Keep(id, entry, lifetime);
        }

        return entry.Client ?? throw new OAuthException("invalid_client", entry.Problem!);
    }

    private async Task<(Entry Entry, TimeSpan Lifetime)> FetchAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            using var client = http.CreateClient(HttpClientName);
            using var deadline = new CancellationTokenSource(Patience, time);
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            using var response = await client.GetAsync(new Uri(id), limited.Token);
            if (response.StatusCode != HttpStatusCode.OK || !IsJson(response.Content.Headers.ContentType?.MediaType))
            {
                return Failed(
                    id,
                    $"The app's metadata document could not be fetched: its host returned {(int)response.StatusCode}, {response.Content.Headers.ContentType?.MediaType ?? "no type"}."
                );
            }

            var document = JsonSerializer.Deserialize(
                await response.Content.ReadAsByteArrayAsync(limited.Token),
                OAuthJson.Default.ClientDocument
            );
            return Read(id, document) is { } problem ? Failed(id, problem) : (new(ClientOf(id, document!), null), LifetimeOf(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(id, $"The app's metadata document did not arrive within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException)
        {
            return Failed(
                id,
                e is JsonException
                    ? "The app's metadata document is not valid JSON."
                    : $"The app's metadata document could not be fetched: {e.Message}"
            );
        }
    }

    private static string? Read(string id, ClientDocument? document) =>
        document?.ClientId != id ? "The app's metadata document is for another client_id."
        : string.IsNullOrWhiteSpace(document.ClientName) ? "The app's metadata document has no client_name."
        : document.RedirectUris is not { Count: > 0 } uris || !uris.Any(RedirectUris.IsSafe)
            ? "The app's metadata document has no usable redirect_uris."
        : document.TokenEndpointAuthMethod is not (null or "none") && document.TokenEndpointAuthMethods?.Contains("none") != true
            ? "The app's metadata document requires a client authentication that this gateway does not support (it supports: none)."
        : null;

    private static OAuthClient ClientOf(string id, ClientDocument document) =>
        new(id, ClientNames.Clean(document.ClientName!), [.. document.RedirectUris!.Where(RedirectUris.IsSafe)]);

    private (Entry, TimeSpan) Failed(string id, string problem)
    {
        DocumentRefused(new Uri(id).Host, problem);
        return (new(null, problem), FailureCached);
    }

    private static TimeSpan LifetimeOf(HttpResponseMessage response) =>
        response.Headers.CacheControl switch
        {
            { NoStore: true } or { NoCache: true } => TimeSpan.Zero,
            { MaxAge: { } age } => age < LongestCached ? age : LongestCached,
            _ => TimeSpan.FromHours(1),
        };

    private static bool IsJson(string? type) => type == "application/json" || type?.EndsWith("+json", StringComparison.Ordinal) == true;

    private sealed record Entry(OAuthClient? Client, string? Problem);

    [LoggerMessage(LogLevel.Information, "The client metadata document of {Host} is refused: {Problem}")]
    private partial void DocumentRefused(string host, string problem);
}
