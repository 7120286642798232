using System.Net;

namespace McpGateway.Upstream;

/// <summary>Rate limits as plain HTTP tells them: https://www.rfc-editor.org/rfc/rfc6585#section-4.</summary>
public static class RateLimitAnswer
{
    /// <summary>The wait a 429 asks for, or null.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now) =>
        response.StatusCode == HttpStatusCode.TooManyRequests ? RetryAfter(response, now) ?? WithoutHint() : null;

    /// <summary>The wait the Retry-After header asks for, in either of its forms, or null.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>About five seconds, never the same for two.</summary>
    private static TimeSpan WithoutHint() => TimeSpan.FromSeconds(4 + (2 * Random.Shared.NextDouble()));
}
