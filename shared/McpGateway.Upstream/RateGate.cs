using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace McpGateway.Upstream;

/// <summary>
/// Keeps an API's rate limits. A limit that was hit closes the gate for its bucket: calls wait if it opens within
/// <see cref="LongestWait"/>, else they fail at once with the time it does.
/// </summary>
public sealed class RateGate(UpstreamApi api, TimeProvider time)
{
    /// <summary>The longest a call waits for a limit.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> closedUntil = new(StringComparer.Ordinal);

    /// <summary>Returns when the bucket is open.</summary>
    /// <exception cref="UpstreamRateLimitException">It stays closed for longer than a call waits.</exception>
    public async Task EnterAsync(string bucket, CancellationToken cancellationToken)
    {
        while (closedUntil.TryGetValue(bucket, out var opens) && opens - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
        {
            if (wait > LongestWait)
            {
                throw Closed(opens);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Closes the bucket; a later opening wins.</summary>
    public DateTimeOffset Close(string bucket, TimeSpan wait) =>
        closedUntil.AddOrUpdate(
            bucket,
            _ => time.GetUtcNow() + wait,
            (_, known) => time.GetUtcNow() + wait is var opens && opens > known ? opens : known
        );

    /// <summary>What a caller is told while the gate is closed.</summary>
    /// <param name="answer">The response that closed it, if it was this call's own.</param>
    public UpstreamRateLimitException Closed(DateTimeOffset opens, (HttpStatusCode Status, byte[] Body)? answer = null)
    {
        var said =
            answer is { } refused && ErrorBody.Describe(refused.Body, api.ReadMessage) is not null
                ? UpstreamErrorHandler.Quote(api, refused.Status, refused.Body) + " "
                : "";
        var seconds = Math.Max(1, (int)Math.Ceiling((opens - time.GetUtcNow()).TotalSeconds));
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{said}{api.Name}'s rate limit is used up; nothing was done. Try again in {seconds} s (resetAt {opens.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ})."
            ),
            opens,
            answer?.Status
        )
        {
            Code = answer is { } coded ? ErrorBody.ReadCode(coded.Body) : null,
            IsRetryable = true,
            RetryAfter = TimeSpan.FromSeconds(seconds),
        };
    }
}
