using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Threading.RateLimiting;
using McpGateway.Secrets;
using McpGateway.Upstream;

namespace GitHub.Api;

/// <summary>GitHub's limits, primary, secondary and GraphQL: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api.</summary>
internal static class GitHubRateLimits
{
    private static readonly TimeSpan SecondaryWithoutHint = TimeSpan.FromSeconds(60);

    /// <summary>No answer of GraphQL's about a limit is longer, in bytes.</summary>
    private const int LongestLimit = 10_000;

    /// <summary>The budget a request counts for, as GitHub names it in x-ratelimit-resource.</summary>
    public static string BucketOf(HttpRequestMessage request) =>
        request.RequestUri?.AbsolutePath switch
        {
            { } path when path.EndsWith("/graphql", StringComparison.Ordinal) => "graphql",
            { } path when path.EndsWith("/search/code", StringComparison.Ordinal) => "code_search",
            { } path when path.Contains("/search/", StringComparison.Ordinal) => "search",
            _ => "core",
        };

    /// <summary>
    /// Paces what creates content, for which GitHub has a secondary limit of its own that no header tells of: 80 in a minute, and a second between
    /// two of them where they are many. Once it is hit, everything waits for a minute, reads as well.
    /// </summary>
    /// <param name="contentWrites">calls/seconds.</param>
    /// <exception cref="SettingException">The limit cannot be read.</exception>
    public static Func<IServiceProvider, PartitionedRateLimiter<HttpRequestMessage>> Pace(string contentWrites)
    {
        var limit = LimitSetting.Parse("GITHUB_LIMIT_CONTENT_WRITES", contentWrites);
        return services => new UpstreamLimits<HttpRequestMessage>(services, (limit, CreatesContent));
    }

    /// <summary>Issues, comments, reviews and the like, and not the objects that a commit is made of, of which it may need many.</summary>
    private static bool CreatesContent(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post
        && GraphQlScope.Of(request) is not { IsMutation: false }
        && request.RequestUri?.AbsolutePath is { } path
        && !path.Contains("/git/", StringComparison.Ordinal)
        && !path.EndsWith("/access_tokens", StringComparison.Ordinal);

    /// <summary>How long a response asks to wait, or null when it is not about a limit.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now) =>
        response.StatusCode switch
        {
            HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests => RateLimitAnswer.RetryAfter(response, now)
                ?? (Remaining(response) == 0 ? UntilReset(response, now) : null)
                ?? (SaysSecondary(response) || response.StatusCode == HttpStatusCode.TooManyRequests ? SecondaryWithoutHint : null),
            HttpStatusCode.OK when SaysGraphQlLimit(response) => RateLimitAnswer.RetryAfter(response, now)
                ?? (Remaining(response) == 0 ? UntilReset(response, now) : null)
                ?? SecondaryWithoutHint,
            _ => null,
        };

    private static long? Remaining(HttpResponseMessage response) => Number(response, "x-ratelimit-remaining");

    private static TimeSpan? UntilReset(HttpResponseMessage response, DateTimeOffset now) =>
        Number(response, "x-ratelimit-reset") is { } seconds && RateLimitAnswer.Until(seconds, now) is var wait
            ? (wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1))
            : null;

    private static long? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) && long.TryParse(values.First(), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static bool SaysSecondary(HttpResponseMessage response) =>
        ReadBody(response) is { ValueKind: JsonValueKind.Object } body && SaysSecondary(body);

    /// <param name="said">An answer of REST's, or an error of GraphQL's.</param>
    private static bool SaysSecondary(JsonElement said) =>
        said.TryGetProperty("message", out var message)
        && message.ValueKind == JsonValueKind.String
        && message.GetString() is { } text
        && (
            text.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase)
            // As Enterprise Servers call it.
            || text.Contains("abuse detection", StringComparison.OrdinalIgnoreCase)
        );

    private static bool SaysGraphQlLimit(HttpResponseMessage response) =>
        response.RequestMessage?.RequestUri?.AbsolutePath.EndsWith("/graphql", StringComparison.Ordinal) == true
        // What has data is long mostly, and was done.
        && response.Content.Headers.ContentLength <= LongestLimit
        && ReadBody(response) is { ValueKind: JsonValueKind.Object } body
        && !(body.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
        && body.TryGetProperty("errors", out var errors)
        && errors.ValueKind == JsonValueKind.Array
        && errors.EnumerateArray().Any(error => error.ValueKind == JsonValueKind.Object && (SaysPrimary(error) || SaysSecondary(error)));

    private static bool SaysPrimary(JsonElement error) =>
        error.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String
        && type.GetString() is "RATE_LIMITED" or "RATE_LIMIT";

    /// <summary>The body is in memory by then, so reading it blocks nothing.</summary>
    public static JsonElement? ReadBody(HttpResponseMessage response)
    {
        var stream = response.Content.ReadAsStream();
        // It is one stream for all who read, and whoever read before may have left it at its end.
        stream.Position = 0;
        try
        {
            using var json = JsonDocument.Parse(stream);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            stream.Position = 0;
        }
    }
}
