using System.Collections.Concurrent;
using System.Globalization;
using McpGateway.Health;

namespace McpGateway.Upstream;

/// <summary>What the API has told last of its limits, for whoever looks: its headers <c>X-RateLimit-*</c>, where it sends them.</summary>
internal sealed class RateLimitBook(TimeProvider time)
{
    // Names that an API makes up must not fill it.
    private const int Most = 50;

    private readonly ConcurrentDictionary<string, Remaining> seen = new(StringComparer.Ordinal);

    /// <summary>Takes note of a response.</summary>
    /// <param name="api">The name a person knows.</param>
    public void Note(string api, HttpResponseMessage response)
    {
        if (NumberIn(response, "X-RateLimit-Remaining") is not { } left)
        {
            return;
        }

        var what = response.Headers.TryGetValues("X-RateLimit-Resource", out var resources)
            ? $"{api}: {resources.First()}"
            : $"{api}: requests";
        if (seen.Count < Most || seen.ContainsKey(what))
        {
            seen[what] = new(what, left, NumberIn(response, "X-RateLimit-Limit"), ResetIn(response));
        }
    }

    /// <summary>What is left. A limit that has begun anew since is left out: nobody knows what is used of it.</summary>
    public IReadOnlyList<Remaining> Look() =>
        [.. seen.Values.Where(one => !(one.Resets < time.GetUtcNow())).OrderBy(one => one.What, StringComparer.Ordinal)];

    private DateTimeOffset? ResetIn(HttpResponseMessage response) =>
        NumberIn(response, "X-RateLimit-Reset") switch
        {
            null => null,
            // Seconds from now in some APIs, since 1970 in others.
            < 10_000_000 and var seconds => time.GetUtcNow().AddSeconds(seconds),
            < 100_000_000_000 and var moment => DateTimeOffset.FromUnixTimeSeconds(moment),
            _ => null,
        };

    private static long? NumberIn(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
