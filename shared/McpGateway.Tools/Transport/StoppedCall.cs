using McpGateway.Http;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Tools.Transport;

/// <summary>
/// A call that a stopping service gives up on. It is cancelled and gets a JSON-RPC error, where the reset of its connection would tell its
/// client nothing.
/// </summary>
internal sealed class StoppedCall : IDisposable
{
    private const string Message =
        "The gateway stopped before this call came to its end. It may have taken effect: check before you call again.";

    private readonly HttpContext context;
    private readonly CancellationToken deadline;
    private readonly CancellationToken clientGone;
    private readonly CancellationTokenSource either;

    public StoppedCall(HttpContext context, StopDeadline stop)
    {
        this.context = context;
        deadline = stop.Passed;
        clientGone = context.RequestAborted;
        either = CancellationTokenSource.CreateLinkedTokenSource(clientGone, deadline);
        context.RequestAborted = either.Token;
    }

    /// <summary>Whether the call was given up while its client still waits.</summary>
    public bool IsGivenUp => deadline.IsCancellationRequested && !clientGone.IsCancellationRequested;

    /// <summary>The response it gets then.</summary>
    public byte[] Error => JsonRpcErrors.Format(context, JsonRpcErrors.Stopped, Message);

    public void Dispose()
    {
        context.RequestAborted = clientGone;
        either.Dispose();
    }
}
