using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Secrets;
using McpGateway.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace Firecrawl.Upstream;

/// <summary>Firecrawl's API as the shared handlers need to know it: https://docs.firecrawl.dev/api-reference/v2-introduction</summary>
internal static partial class FirecrawlApi
{
    // Pages that need a browser of more than the simplest kind.
    private static readonly string[] BrowserWords = ["\"actions\"", "\"screenshot\"", "\"mobile\"", "\"location\""];

    private const string NoEngine =
        "This self-hosted Firecrawl has no engine for actions, screenshots, mobile or location: leave them out, or have the "
        + "operator set up one (fire-engine or the cloud).";

    // What a server without the vendor's services has no answer to.
    private static readonly string[] CloudRoutes = ["/agent", "/monitor", "/interact", "/team/credit-usage", "/team/token-usage"];

    // Formats, and what derives options from words.
    private static readonly string[] ModelWords = ["\"json\"", "\"summary\"", "\"question\"", "\"highlights\"", "\"query\":", "\"prompt\""];

    // POST that only reads: nothing is left behind that a second one would double.
    private static readonly string[] ReadingPosts = ["/scrape", "/map", "/search", "/parse", "/crawl/params-preview", "/search/developer"];

    /// <summary>Where the v2 API lives.</summary>
    public static Uri BaseUrlOf(FirecrawlOptions options)
    {
        var url = UpstreamUrl.Parse("FIRECRAWL_API_URL", options.Url, carriesToken: !string.IsNullOrWhiteSpace(options.Key));
        return url.AbsolutePath == "/" ? new Uri(url, "/v2")
            : RouteAtEnd().Match(url.AbsolutePath) is { Success: true } route
                ? throw new SettingException(
                    $"FIRECRAWL_API_URL='{options.Url}' is the address of one of the API's functions or of another version: use its base, "
                        + $"'{new Uri(url, url.AbsolutePath[..route.Index] + "/v2")}'."
                )
            : url;
    }

    /// <param name="attempt">How long the API may keep silent: pages are given up to five minutes, job states are not.</param>
    /// <param name="complete">Completes requests before anything looks at them.</param>
    /// <param name="besideVersion">For what lies beside the API's /v2 and not below it.</param>
    public static UpstreamApi Describe(
        FirecrawlOptions options,
        FirecrawlServer server,
        TimeSpan attempt,
        Func<IServiceProvider, DelegatingHandler> complete,
        bool besideVersion = false
    )
    {
        var key = string.IsNullOrWhiteSpace(options.Key) ? null : options.Key.Trim();
        var versioned = BaseUrlOf(options);
        var baseUrl = besideVersion ? new Uri(versioned, VersionAtEnd().Replace(versioned.AbsolutePath, "/")) : versioned;
        return new()
        {
            Name = "Firecrawl",
            BaseUrl = baseUrl,
            TokenSetting = "FIRECRAWL_API_KEY",
            TokenPage = "https://www.firecrawl.dev/app/api-keys",
            TokenIsOptional = !server.IsCloud,
            GetTokenAsync = (_, _) => ValueTask.FromResult(key),
            MayRetry = request => MayRetry(request, baseUrl),
            IsTransient = response => IsTransient(response, server),
            BucketOf = request => BucketOf(request, baseUrl),
            ReadRateLimit = ReadRateLimit,
            ReadMessage = ReadMessage,
            Advise = response => Advise(response, server, hasKey: key is not null),
            AttemptTimeout = attempt,
            // A response of the API has up to 10 MB of pages, and the page that exceeds it.
            MaxResponseBytes = 32_000_000,
            Json = FirecrawlJson.Options,
            Guards =
            [
                complete,
                services => new OutgoingGuardHandler(
                    options,
                    services.GetRequiredService<TargetGuard>(),
                    services.GetRequiredService<DomainGuard>()
                ),
                services => new CreditsHandler(services.GetRequiredService<CreditJobs>(), services.GetRequiredService<CreditCap>()),
                _ => new FailureInSuccessHandler(),
                _ => new ServerVersionHandler(server, versioned),
            ],
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

    /// <summary>
    /// A fault of the page itself comes again with the same credits spent; so does a timeout that the caller set. A self-hosted server answers 500 for a
    /// scrape whose id it does not know.
    /// </summary>
    private static bool IsTransient(HttpResponseMessage response, FirecrawlServer server) =>
        response.StatusCode switch
        {
            HttpStatusCode.RequestTimeout => !Asked(response).Contains("\"timeout\"", StringComparison.Ordinal),
            HttpStatusCode.InternalServerError when IsUnknownScrape(response, server) => false,
            HttpStatusCode.InternalServerError => Code(response)?.StartsWith("SCRAPE_", StringComparison.Ordinal) != true,
            HttpStatusCode.NotImplemented => false,
            > HttpStatusCode.InternalServerError => true,
            _ => false,
        };

    private static bool IsUnknownScrape(HttpResponseMessage response, FirecrawlServer server) =>
        !server.IsCloud
        && response.RequestMessage is { } request
        && request.Method == HttpMethod.Get
        && request.RequestUri!.AbsolutePath.Contains("/scrape/", StringComparison.Ordinal)
        && !request.RequestUri.AbsolutePath.Contains("/batch/", StringComparison.Ordinal);

    /// <summary>What was asked for, as JSON; empty for anything else.</summary>
    private static string Asked(HttpResponseMessage response)
    {
        if (response.RequestMessage?.Content is not { Headers.ContentType.MediaType: "application/json" } content)
        {
            return "";
        }

        using var body = new MemoryStream();
        content.CopyTo(body, context: null, CancellationToken.None);
        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    /// <summary>By the header, else by the body's own retry_after_seconds or the message's "retry after 12s".</summary>
    private static TimeSpan? ReadRateLimit(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode != HttpStatusCode.TooManyRequests || RateLimitAnswer.RetryAfter(response, now) is not null)
        {
            return RateLimitAnswer.Read(response, now);
        }

        var said = Read(response, body => SecondsOf(body) ?? RetryAfter().Match(ErrorBody.ReadMessage(body) ?? "").Groups["seconds"].Value);
        return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? RateLimitAnswer.Believable(TimeSpan.FromSeconds(seconds))
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
                ? $" Details: {RequestProblems.Describe(value) ?? value.GetRawText()}"
                : "";
        return $"{ErrorBody.ReadMessage(body)}{code}{details}";
    }

    private static string? Advise(HttpResponseMessage response, FirecrawlServer server, bool hasKey) =>
        response.StatusCode switch
        {
            HttpStatusCode.PaymentRequired =>
                "Do not retry as it is: the credits are used up, or fewer are left than a crawl's limit requires up front. "
                    + "firecrawl_credit_usage shows the balance and when the plan's next credits come; "
                    + "ask for less, or have the operator buy credits or a larger plan at https://www.firecrawl.dev/pricing.",
            HttpStatusCode.Forbidden when Code(response) == "THIRD_PARTY_DATA_TERMS_REQUIRED" =>
                "Someone with the authority must accept the provider's terms first: read them with firecrawl_scrape, alexandria "
                    + "{provider: \"firecrawl\", capability: \"terms/show\", options: {provider}}, and show them to "
                    + "the user; never accept them unasked. Then make the same call again.",
            HttpStatusCode.Forbidden when Says(response, "not support") =>
                "Firecrawl does not read this site, whatever the options: take another source, and do not try again.",
            HttpStatusCode.Forbidden when !hasKey =>
                "This Firecrawl refuses it without a key (FIRECRAWL_API_KEY), or refuses it to everybody.",
            HttpStatusCode.BadRequest when Code(response) == "SCRAPE_ACTIONS_NOT_SUPPORTED" && !server.IsCloud => NoEngine,
            HttpStatusCode.BadRequest when Says(response, "Invalid JSON schema") =>
                "Use type, properties, required, items, enum and description only: format, nullable and keywords of others are refused.",
            HttpStatusCode.BadRequest when !server.IsCloud && Says(response, "nrecognized key") =>
                "This self-hosted Firecrawl does not know that field: leave it out, or have the operator update Firecrawl.",
            HttpStatusCode.BadRequest when !server.IsCloud && Says(response, "invalid_union") =>
                "A self-hosted Firecrawl takes what was there when it was built: use what it names, or have the operator update it.",
            HttpStatusCode.Conflict
                when Read(response, body => ErrorBody.ReadMessage(body))?.Contains("dempotency", StringComparison.Ordinal) == true =>
                "An earlier attempt of this call may have started the crawl: firecrawl_active_crawls (toolset crawls) lists it "
                    + "with its id. Look before you start another.",
            HttpStatusCode.RequestTimeout
                when Read(response, body => body.GetRawText())?.Contains("processing_continues", StringComparison.Ordinal) == true =>
                "Firecrawl continues with the page: ask for it again in a minute; it is not started anew.",
            HttpStatusCode.RequestTimeout when Asked(response).Contains("\"timeout\"", StringComparison.Ordinal) =>
                "The page took longer than the timeout given, and was not asked for again: try a larger timeout.",
            HttpStatusCode.RequestTimeout => "The page took too long: try again later, or with a larger timeout.",
            HttpStatusCode.NotFound =>
                "Check the id (results are kept for 24 hours); or this Firecrawl does not offer this: some functions exist in its cloud only.",
            HttpStatusCode.InternalServerError when IsUnknownScrape(response, server) =>
                "A self-hosted Firecrawl answers so for an id it does not know, or whose result is older than 24 hours: check the "
                    + "id, or scrape the page again.",
            HttpStatusCode.InternalServerError
                when !server.IsCloud
                    && Code(response) == "SCRAPE_ALL_ENGINES_FAILED"
                    && BrowserWords.Any(word => Asked(response).Contains(word, StringComparison.Ordinal)) => NoEngine,
            HttpStatusCode.InternalServerError
                when !server.IsCloud && Asked(response).Contains("\"maxConcurrency\"", StringComparison.Ordinal) =>
                "Some self-hosted versions fail on maxConcurrency: leave it out. Look with the status tools before you start the job again.",
            HttpStatusCode.InternalServerError when !server.IsCloud && WhatItLacks(response) is { } lacking =>
                $"A self-hosted Firecrawl usually answers so because it lacks {lacking}. If it has that, look into its log.",
            HttpStatusCode.InternalServerError when Code(response)?.StartsWith("SCRAPE_", StringComparison.Ordinal) == true =>
                "The page itself is at fault: trying again rarely helps and costs credits.",
            _ => null,
        };

    /// <summary>What a self-hosted server needs besides itself for the request; null: nothing that is known.</summary>
    private static string? WhatItLacks(HttpResponseMessage response) =>
        response.RequestMessage?.RequestUri?.AbsolutePath is not { } path ? null
        : CloudRoutes.Any(route => path.Contains(route, StringComparison.Ordinal))
            ? "the vendor's services: agents, monitors, live browsers and credits exist in its cloud"
        : path.Contains("/extract", StringComparison.Ordinal)
        || ModelWords.Any(word => Asked(response).Contains(word, StringComparison.Ordinal))
            ? "a language model (its operator sets OPENAI_API_KEY or OLLAMA_BASE_URL there)"
        : null;

    private static bool Says(HttpResponseMessage response, string words) =>
        Read(response, body => body.GetRawText())?.Contains(words, StringComparison.Ordinal) == true;

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

    [GeneratedRegex("(/v2(?=/)|/v[013](?=/|$)).*$")]
    private static partial Regex RouteAtEnd();

    [GeneratedRegex("/v2/?$")]
    private static partial Regex VersionAtEnd();

    [GeneratedRegex(@"retry after (?<seconds>\d{1,5})\s*s", RegexOptions.IgnoreCase)]
    private static partial Regex RetryAfter();
}
