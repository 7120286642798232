using System.Globalization;
using McpGateway.Http;
using McpGateway.Upstream.Calls;

namespace McpGateway.Upstream;

/// <summary>
/// Sends a request when the API's limits allow. One that is refused for its rate waits and goes again if it may be
/// replayed (<see cref="UpstreamApi.ReplaysRefusedWrites"/>); any other is never sent twice, whatever the response.
/// </summary>
internal sealed class RateGateHandler(
    UpstreamApi api,
    RateGate gate,
    UpstreamLimiter limiter,
    RateLimitBook limits,
    CallOptions options,
    TimeProvider time
) : DelegatingHandler
{
    private const int MostAttempts = 3;

    private static readonly TimeSpan Unexplained = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MostForTheRequest = TimeSpan.FromSeconds(10);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var bucket = api.BucketOf(request);
        for (var attempt = 1; ; attempt++)
        {
            await gate.EnterAsync(bucket, Shorter(api.LongestClosedWait, Patience), cancellationToken);
            await AcquireAsync(request, cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            limits.Note(api.Name, response);
            if (api.ReadRateLimit(response, time.GetUtcNow()) is not { } wait)
            {
                gate.Open(bucket);
                return response;
            }

            gate.Close(bucket, wait);
            if (!api.MayReplay(request) || attempt == MostAttempts || wait > Shorter(api.LongestClosedWait, Patience))
            {
                using (response)
                {
                    throw gate.Closed(bucket, (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), wait));
                }
            }

            response.Dispose();
        }
    }

    /// <summary>How long this call can still wait before it sends something.</summary>
    private TimeSpan Patience =>
        (UpstreamCall.Current?.Left ?? options.Deadline) - ForTheRequest is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    /// <summary>What is sent when the call is nearly over is cut off, and then nobody knows whether it was done. Of a short call it is a part.</summary>
    private TimeSpan ForTheRequest => Shorter(MostForTheRequest, (UpstreamCall.Current?.Length ?? options.Deadline) / 2);

    private async Task AcquireAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (limiter.Limits is not { } limited)
        {
            return;
        }

        var longest = Shorter(api.LongestQueue, Patience);
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var turn = limited.AcquireAsync(request, 1, either.Token).AsTask();
            if (!turn.IsCompleted)
            {
                LargeBodies.GiveUpTurn();
            }

            await TellWhileQueuedAsync(turn, cancellationToken);
            using var lease = await turn;
            if (lease.IsAcquired)
            {
                return;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The queue is longer than a call waits.
        }

        throw new UpstreamNotAskedException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"This gateway paces its requests to stay within {api.Name}'s limits, and too many are queued: after "
                    + $"{time.GetElapsedTime(started).TotalSeconds:0} s the request was given up without being sent; nothing was "
                    + $"done. Try again in {api.LongestQueue.TotalSeconds:0} s, or make fewer calls at once."
            )
        )
        {
            IsRetryable = true,
            RetryAfter = api.LongestQueue,
        };
    }

    private async Task TellWhileQueuedAsync(Task turn, CancellationToken cancellationToken)
    {
        while (!turn.IsCompleted && UpstreamCall.Current is { } call)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var passed = Task.Delay(Unexplained, time, pause.Token);
            if (await Task.WhenAny(turn, passed) == turn || cancellationToken.IsCancellationRequested)
            {
                await pause.CancelAsync();
                return;
            }

            await call.ReportAsync($"Waiting for a turn: the gateway keeps below {api.Name}'s rate limit");
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
