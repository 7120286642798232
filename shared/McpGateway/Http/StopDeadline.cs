namespace McpGateway.Http;

/// <summary>When a stopping service gives up on the calls that still run.</summary>
public sealed class StopDeadline : IDisposable
{
    private readonly CancellationTokenSource passed = new();

    /// <summary>Cancelled then, shortly before the connections are.</summary>
    public CancellationToken Passed => passed.Token;

    public void Dispose() => passed.Dispose();

    internal Task PassAsync() => passed.CancelAsync();
}
