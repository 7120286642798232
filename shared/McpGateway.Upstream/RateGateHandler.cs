namespace McpGateway.Upstream;

/// <summary>
/// Sends a request when the API's limits allow. One that is refused for its rate waits and goes again if it may be
/// retried at all; any other is never sent twice, whatever the response.
/// </summary>
internal sealed class RateGateHandler(UpstreamApi api, RateGate gate, TimeProvider time) : DelegatingHandler
{
    private const int MostAttempts = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var bucket = api.BucketOf(request);
        for (var attempt = 1; ; attempt++)
        {
            await gate.EnterAsync(bucket, cancellationToken);
            await AcquireAsync(request, cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            if (api.ReadRateLimit(response, time.GetUtcNow()) is not { } wait)
            {
                return response;
            }

            var opens = gate.Close(bucket, wait);
            if (!api.MaySendAgain(request) || attempt == MostAttempts || wait > RateGate.LongestWait)
            {
                using (response)
                {
                    throw gate.Closed(opens, (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken)));
                }
            }

            response.Dispose();
        }
    }

    private async Task AcquireAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (api.Limiter is null)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(api.LongestQueue, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var lease = await api.Limiter.AcquireAsync(request, 1, either.Token);
            if (lease.IsAcquired)
            {
                return;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The queue is longer than a call waits.
        }

        throw gate.Closed(time.GetUtcNow() + api.LongestQueue);
    }
}
