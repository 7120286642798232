using McpGateway.Http;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Upstream.Calls;

/// <summary>
/// The time between two looks at what an API still works on. It is over at once where the gateway stops: the tool then answers with what it
/// knows, and nobody waits for the end of a process.
/// </summary>
public sealed class Pause(TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>What a tool tells that had to answer early.</summary>
    public const string Stopping = "The gateway is being restarted, so this did not wait any longer.";

    /// <summary>Why a wait ended early: <see cref="Stopping"/> after a blank, or nothing.</summary>
    public string Reason => lifetime.ApplicationStopping.IsCancellationRequested ? $" {Stopping}" : "";

    /// <returns>Whether to look again; false: the gateway stops.</returns>
    public async Task<bool> WaitAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        LargeBodies.GiveUpTurn();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(length.RoundedUp(), time, ending.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Waits for something of this process, such as the end of another call.</summary>
    /// <returns>Whether it ended; false: the time is over, or the gateway stops.</returns>
    public async Task<bool> WaitForAsync(Task end, TimeSpan longest, CancellationToken cancellationToken)
    {
        LargeBodies.GiveUpTurn();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await end.WaitAsync(longest.RoundedUp(), time, ending.Token);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
