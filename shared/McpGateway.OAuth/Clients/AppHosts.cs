using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace McpGateway.OAuth.Clients;

/// <summary>
/// Reads small JSON documents that apps keep on hosts of their own: from public addresses, without redirects, at most 16 kB within 5 s.
/// Callers see to it that the operator has authenticated before, so that nobody else makes the gateway send a request.
/// </summary>
internal sealed class AppHosts(IHttpClientFactory http, TimeProvider time)
{
    public const string HttpClientName = "oauth-app-hosts";
    public const int LargestDocument = 16 * 1024;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LongestCached = TimeSpan.FromHours(24);

    /// <summary>How long a failure holds, so that a host in trouble is not asked again at once.</summary>
    public static readonly TimeSpan FailureCached = TimeSpan.FromMinutes(1);

    /// <summary>Whether a URL has the plain form that is fetched: https, a host name, the default port, a path, nothing to normalise.</summary>
    public static bool IsPlainUrl(string text) =>
        text.Length <= 512
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps
        && url.IsDefaultPort
        && url.HostNameType == UriHostNameType.Dns
        && url.Host.Contains('.', StringComparison.Ordinal)
        && url.AbsolutePath != "/"
        && url.UserInfo.Length == 0
        && !text.Contains('#', StringComparison.Ordinal)
        && url.AbsoluteUri == text;

    /// <summary>Reads a document, or says why it cannot be had.</summary>
    /// <param name="what">What the document is, in a sentence for the operator: "metadata document".</param>
    public async Task<Fetched<T>> GetAsync<T>(string url, string what, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            using var client = http.CreateClient(HttpClientName);
            using var deadline = new CancellationTokenSource(Patience, time);
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            using var response = await client.GetAsync(new Uri(url), limited.Token);
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            if (response.StatusCode != HttpStatusCode.OK || !IsJson(mediaType))
            {
                return Failed($"could not be fetched: its host returned {(int)response.StatusCode}, {mediaType ?? "no type"}.");
            }

            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(limited.Token), type) is { } value
                ? new(value, null, LifetimeOf(response))
                : Failed("is null.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"did not arrive within {Patience.TotalSeconds:0} s.");
        }
        catch (JsonException)
        {
            return Failed("is not valid JSON of its kind.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failed($"could not be fetched: {e.Message}");
        }

        Fetched<T> Failed(string problem) => new(default, $"The app's {what} {problem}", FailureCached);
    }

    private static TimeSpan LifetimeOf(HttpResponseMessage response) =>
        response.Headers.CacheControl switch
        {
            { NoStore: true } or { NoCache: true } => TimeSpan.Zero,
            { MaxAge: { } age } => age < LongestCached ? age : LongestCached,
            _ => TimeSpan.FromHours(1),
        };

    private static bool IsJson(string? type) => type == "application/json" || type?.EndsWith("+json", StringComparison.Ordinal) == true;
}

/// <summary>A document, or the sentence that says why there is none; and how long either holds.</summary>
internal sealed record Fetched<T>(T? Value, string? Problem, TimeSpan Lifetime);
