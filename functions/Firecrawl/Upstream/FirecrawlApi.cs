using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace Firecrawl.Upstream;

/// <summary>Firecrawl's API as the shared handlers need to know it: https://docs.firecrawl.dev/api-reference/v2-introduction</summary>
internal static partial class FirecrawlApi
{
    private static readonly Uri Cloud = new("https://api.firecrawl.dev/v2");

    // POST that only reads: nothing is left behind that a second one would double.
    private static readonly string[] ReadingPosts = ["/scrape", "/map", "/search", "/parse", "/crawl/params-preview", "/search/developer"];

    /// <param name="attempt">The longest one call may take: pages are given up to five minutes, job states are not.</param>
    /// <param name="besideVersion">For what lies beside the API's /v2 and not below it.</param>
    public static UpstreamApi Describe(FirecrawlOptions options, TimeSpan attempt, bool besideVersion = false)
    {
        var key = string.IsNullOrWhiteSpace(options.Key) ? null : options.Key.Trim();
        var url = UpstreamUrl.Parse("FIRECRAWL_API_URL", options.Url, carriesToken: key is not null);
        var baseUrl =
            besideVersion ? new Uri(url, VersionAtEnd().Replace(url.AbsolutePath, "/"))
            : url.AbsolutePath == "/" ? new Uri(url, "/v2")
            : url;
        return new()
        {
            Name = "Firecrawl",
            BaseUrl = baseUrl,
            TokenSetting = "FIRECRAWL_API_KEY",
            TokenPage = "https://www.firecrawl.dev/app/api-keys",
            TokenIsOptional = baseUrl.Host != Cloud.Host,
            GetTokenAsync = (_, _) => ValueTask.FromResult(key),
            MayRetry = request => MayRetry(request, baseUrl),
            IsTransient = IsTransient,
            BucketOf = request => BucketOf(request, baseUrl),
            ReadRateLimit = ReadRateLimit,
            ReadMessage = ReadMessage,
            Advise = Advise,
            AttemptTimeout = attempt,
            TotalTimeout = attempt + TimeSpan.FromSeconds(30),
            // A response of the API has up to 10 MB of pages, and the page that exceeds it.
            MaxResponseBytes = 32_000_000,
            Json = Body.Options,
            Guards = [services => new OutgoingGuardHandler(options, services.GetRequiredService<TargetGuard>())],
        };
    }

    private static bool MayRetry(HttpRequestMessage request, Uri baseUrl) =>
        request.Method == HttpMethod.Get
        || request.Method == HttpMethod.Delete
        || request.Headers.Contains(IdempotencyKey)
        || (request.Method == HttpMethod.Post && ReadingPosts.Contains(PathOf(request, baseUrl)));

    /// <summary>The header by which the API knows a second attempt to start the same crawl.</summary>
    public const string IdempotencyKey = "x-idempotency-key";

    private static string BucketOf(HttpRequestMessage request, Uri baseUrl) =>
        request.Method == HttpMethod.Get ? "reads" : PathOf(request, baseUrl).Split('/').ElementAtOrDefault(1) ?? "";

    private static string PathOf(HttpRequestMessage request, Uri baseUrl) =>
        request.RequestUri!.AbsolutePath[baseUrl.AbsolutePath.TrimEnd('/').Length..];

    /// <summary>A fault of the page itself comes again with the same credits spent.</summary>
    private static bool IsTransient(HttpResponseMessage response) =>
        response.StatusCode switch
        {
            HttpStatusCode.RequestTimeout => true,
            HttpStatusCode.InternalServerError => Code(response)?.StartsWith("SCRAPE_", StringComparison.Ordinal) != true,
            HttpStatusCode.NotImplemented => false,
            > HttpStatusCode.InternalServerError => true,
            _ => false,
        };

    /// <summary>By the header, else by the body's own retry_after_seconds or the message's "retry after 12s".</summary>
    private static TimeSpan? ReadRateLimit(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode != HttpStatusCode.TooManyRequests || RateLimitAnswer.RetryAfter(response, now) is not null)
        {
            return RateLimitAnswer.Read(response, now);
        }

        var said = Read(response, body => SecondsOf(body) ?? RetryAfter().Match(ErrorBody.ReadMessage(body) ?? "").Groups["seconds"].Value);
        return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : RateLimitAnswer.Read(response, now);
    }

    private static string? SecondsOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty("retry_after_seconds", out var seconds)
        && seconds.ValueKind == JsonValueKind.Number
            ? seconds.GetRawText()
            : null;

    private static string? ReadMessage(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var code =
            body.TryGetProperty("code", out var value) && value.ValueKind == JsonValueKind.String ? $" (code {value.GetString()})" : "";
        var details =
            body.TryGetProperty("details", out value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? $" Details: {value.GetRawText()}"
                : "";
        return $"{ErrorBody.ReadMessage(body)}{code}{details}";
    }

    private static string? Advise(HttpResponseMessage response) =>
        response.StatusCode switch
        {
            HttpStatusCode.PaymentRequired =>
                "Do not retry as it is: the credits are used up, or fewer are left than a crawl's limit requires up front. firecrawl_credit_usage shows the balance and when the plan's next credits come; "
                    + "ask for less, or have the operator buy credits or a larger plan at https://www.firecrawl.dev/pricing.",
            HttpStatusCode.Forbidden when Code(response) == "THIRD_PARTY_DATA_TERMS_REQUIRED" =>
                "Someone with the authority must accept the provider's terms first: read them with firecrawl_scrape, alexandria {provider: \"firecrawl\", capability: \"terms/show\", options: {provider}}, and show them to "
                    + "the user; never accept them unasked. Then make the same call again.",
            HttpStatusCode.Conflict
                when Read(response, body => ErrorBody.ReadMessage(body))?.Contains("dempotency", StringComparison.Ordinal) == true =>
                "An earlier attempt of this call may have started the crawl: firecrawl_active_crawls (toolset crawls) lists it with its id. Look before you start another.",
            HttpStatusCode.RequestTimeout
                when Read(response, body => body.GetRawText())?.Contains("processing_continues", StringComparison.Ordinal) == true =>
                "Firecrawl continues with the page: ask for it again in a minute; it is not started anew.",
            HttpStatusCode.RequestTimeout => "The page took too long: try again later, or with a larger timeout.",
            HttpStatusCode.NotFound =>
                "Check the id (results are kept for 24 hours); or this Firecrawl does not offer this: some functions exist in its cloud only.",
            HttpStatusCode.InternalServerError when Code(response)?.StartsWith("SCRAPE_", StringComparison.Ordinal) == true =>
                "The page itself is at fault: trying again rarely helps and costs credits.",
            _ => null,
        };

    private static string? Code(HttpResponseMessage response) =>
        Read(
            response,
            body =>
                body.ValueKind == JsonValueKind.Object
                && body.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.String
                    ? code.GetString()
                    : null
        );

    /// <summary>The body is in memory by then: the handler below has read it.</summary>
    private static string? Read(HttpResponseMessage response, Func<JsonElement, string?> read)
    {
        using var body = new MemoryStream();
        response.Content.CopyTo(body, context: null, CancellationToken.None);
        try
        {
            using var json = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return read(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("/v2/?$")]
    private static partial Regex VersionAtEnd();

    [GeneratedRegex(@"retry after (?<seconds>\d{1,5})\s*s", RegexOptions.IgnoreCase)]
    private static partial Regex RetryAfter();
}
