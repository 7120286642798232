using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using McpGateway.Http;
using McpGateway.Upstream.Calls;

namespace McpGateway.Upstream;

/// <summary>
/// Keeps an API's rate limits. A limit that was hit closes the gate for its bucket: calls wait if it opens within
/// <see cref="UpstreamApi.LongestClosedWait"/>, else they fail at once with the time it does. No answer closes it for longer than
/// <see cref="LongestClosure"/>: an
/// API may name a year by mistake, and a clock may be hours off. When a closure is over, one request goes to see whether the API takes any.
/// </summary>
public sealed class RateGate
{
    /// <summary>The longest a call waits for a limit, where the API has no other (<see cref="UpstreamApi.LongestClosedWait"/>).</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>The longest the gate stays closed without another look.</summary>
    public static readonly TimeSpan LongestClosure = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Closure> closures = new(StringComparer.Ordinal);
    private readonly UpstreamApi api;
    private readonly TimeProvider time;
    private readonly SharedGates? shared;

    public RateGate(UpstreamApi api, TimeProvider time)
        : this(api, time, null) { }

    /// <param name="shared">What other instances know.</param>
    internal RateGate(UpstreamApi api, TimeProvider time, SharedGates? shared) => (this.api, this.time, this.shared) = (api, time, shared);

    /// <summary>Returns when the bucket is open, or for the one request that goes to see whether it is.</summary>
    /// <exception cref="UpstreamRateLimitException">It stays closed for longer than a call waits.</exception>
    public async Task EnterAsync(string bucket, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        if (shared is not null)
        {
            await shared.HearAsync(Keep, cancellationToken);
        }

        while (closures.TryGetValue(bucket, out var closure))
        {
            var left = LeftOf(closure);
            if (left > longestWait)
            {
                throw Closed(bucket);
            }

            if (left > TimeSpan.Zero)
            {
                LargeBodies.GiveUpTurn();
                await closure.WaitAsync(left, time, cancellationToken);
            }
            else if (!closure.IsLong)
            {
                closures.TryRemove(KeyValuePair.Create(bucket, closure));
            }
            // The others wait for what this one finds.
            else if (closures.TryUpdate(bucket, new(time.GetTimestamp(), api.LongestClosedWait, IsLong: true, IsProbed: true), closure))
            {
                return;
            }
        }
    }

    /// <summary>Closes the bucket; a later opening wins.</summary>
    public void Close(string bucket, TimeSpan wait)
    {
        var bounded =
            wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > LongestClosure ? LongestClosure
            : wait;
        Keep(bucket, bounded);
        shared?.Tell(bucket, bounded);
    }

    private void Keep(string bucket, TimeSpan bounded)
    {
        var isLong = bounded > api.LongestClosedWait;
        var closure = new Closure(time.GetTimestamp(), bounded, isLong, IsProbed: false);
        closures.AddOrUpdate(bucket, closure, (_, known) => LeftOf(known) > bounded ? known : closure);
    }

    /// <summary>Opens a bucket whose limit a response shows not to be used up.</summary>
    public void Open(string bucket)
    {
        if (closures.TryGetValue(bucket, out var closure) && closure.IsProbed && closures.TryRemove(KeyValuePair.Create(bucket, closure)))
        {
            closure.End();
        }
    }

    /// <summary>What a caller is told while the gate is closed.</summary>
    /// <param name="answer">The response that closed it, if it was this call's own.</param>
    public UpstreamRateLimitException Closed(string bucket, (HttpStatusCode Status, byte[] Body, TimeSpan Wait)? answer = null)
    {
        var said =
            answer is { } refused && ErrorBody.Describe(refused.Body, api.ReadMessage) is not null
                ? UpstreamErrorHandler.Quote(api, refused.Status, refused.Body) + " "
                : "";
        var left = closures.TryGetValue(bucket, out var closure) ? LeftOf(closure) : TimeSpan.Zero;
        // The API's own word may go beyond what the gate waits without another look.
        left = answer?.Wait > left ? answer.Value.Wait : left;
        var seconds = Math.Max(1, (int)Math.Ceiling(left.TotalSeconds));
        var opens = time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
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

    private TimeSpan LeftOf(Closure closure) => closure.Wait - time.GetElapsedTime(closure.Since);

    /// <param name="Since">A timestamp: the wall clock may be set while the gate is closed.</param>
    /// <param name="IsLong">Whether calls fail meanwhile, and one goes to see when it is over.</param>
    /// <param name="IsProbed">Whether one has gone to see, and the others wait for what it finds.</param>
    private sealed record Closure(long Since, TimeSpan Wait, bool IsLong, bool IsProbed)
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End() => ended.TrySetResult();

        /// <summary>Waits until the time has passed or the bucket is opened before.</summary>
        public async Task WaitAsync(TimeSpan left, TimeProvider time, CancellationToken cancellationToken)
        {
            try
            {
                await ended.Task.WaitAsync(left.RoundedUp(), time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The time has passed.
            }
        }
    }
}
