namespace McpGateway.Hosting;

/// <summary>Counts the requests that run, so that a stop can wait for the last.</summary>
internal sealed class RunningRequests
{
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int running = 1; // the service itself, until it stops

    /// <summary>Completes when the service stops and no request runs any more.</summary>
    public Task Idle => idle.Task;

    public void Enter() => Interlocked.Increment(ref running);

    /// <summary>To be called once for each <see cref="Enter"/>, and once by the service when it stops.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref running) == 0)
        {
            idle.TrySetResult();
        }
    }
}
