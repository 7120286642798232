using System.Net;

namespace McpGateway.Upstream;

/// <summary>Rate limits as plain HTTP tells them: https://www.rfc-editor.org/rfc/rfc6585#section-4.</summary>
public static class RateLimitAnswer
{
    // Some limits count by the day.
    private static readonly TimeSpan LongestBelieved = TimeSpan.FromDays(2);

    /// <summary>The wait a 429 asks for, or null.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now) =>
        response.StatusCode == HttpStatusCode.TooManyRequests ? RetryAfter(response, now) ?? WithoutHint() : null;

    /// <summary>
    /// The wait the Retry-After header asks for, in either of its forms, or null. What cannot be meant, and what a clock that is off makes of a moment, is
    /// <see cref="RateGate.LongestClosure"/>.
    /// </summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } wait } => Believable(wait),
            { Date: { } moment } => Until(moment.ToUnixTimeSeconds(), now),
            _ => null,
        };

    /// <summary>A wait that an API asks for; what cannot be meant is <see cref="RateGate.LongestClosure"/>.</summary>
    public static TimeSpan Believable(TimeSpan wait) => wait > LongestBelieved ? RateGate.LongestClosure : wait;

    /// <summary>The wait until a moment that an API names in seconds since 1970, whatever it holds; at most <see cref="RateGate.LongestClosure"/>.</summary>
    public static TimeSpan Until(long unixSeconds, DateTimeOffset now)
    {
        // Bounded before the subtraction, which would overflow.
        var wait = Math.Clamp(unixSeconds, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()) - now.ToUnixTimeSeconds();
        return TimeSpan.FromSeconds(Math.Clamp(wait, 0, (long)RateGate.LongestClosure.TotalSeconds));
    }

    /// <summary>About five seconds, never the same for two.</summary>
    private static TimeSpan WithoutHint() => TimeSpan.FromSeconds(4 + (2 * Random.Shared.NextDouble()));
}
