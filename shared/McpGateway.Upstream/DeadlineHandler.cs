using McpGateway.Upstream.Calls;

namespace McpGateway.Upstream;

/// <summary>Ends a request when the time of the call it is made for is over: all of its waits and attempts count.</summary>
internal sealed class DeadlineHandler(UpstreamApi api, CallOptions options, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var left = UpstreamCall.Current?.Left ?? options.Deadline;
        if (left <= TimeSpan.Zero)
        {
            throw new UpstreamNotAskedException(
                $"The time for this call is over ({UpstreamCall.Current!.Length.TotalSeconds:0} s); a request to {api.Name} was "
                    + "not sent any more. Try again, or ask for less at once."
            );
        }

        using var deadline = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        // The handler around this one tells a cancelled caller from an API that is too slow.
        return await base.SendAsync(request, either.Token);
    }
}
