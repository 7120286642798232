namespace McpGateway.Http;

/// <summary>
/// Large bodies are worked on one after the other: each is many times its size while it is read, cut and kept, and a few at once would take
/// the memory of everybody. A call takes its turn with its first large body and keeps it until it ends.
/// </summary>
public static class LargeBodies
{
    /// <summary>What is up to this long, in bytes, takes no turn.</summary>
    public const int Threshold = 500_000;

    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static readonly AsyncLocal<Call?> Current = new();

    /// <summary>Begins a call; disposed at its end.</summary>
    public static IDisposable BeginCall()
    {
        var call = new Call();
        Current.Value = call;
        return call;
    }

    /// <summary>Waits until it is this call's turn. Outside of a call nothing waits.</summary>
    public static Task WaitForTurnAsync(CancellationToken cancellationToken) =>
        Current.Value?.TakeTurnAsync(cancellationToken) ?? Task.CompletedTask;

    private sealed class Call : IDisposable
    {
        // A call may read several bodies at once.
        private readonly SemaphoreSlim gate = new(1, 1);
        private bool hasTurn;
        private volatile bool ended;

        public async Task TakeTurnAsync(CancellationToken cancellationToken)
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                if (!hasTurn && !ended)
                {
                    await Turn.WaitAsync(cancellationToken);
                    hasTurn = true;
                }
            }
            finally
            {
                gate.Release();
            }

            if (ended)
            {
                Dispose();
            }
        }

        public void Dispose()
        {
            ended = true;
            if (Interlocked.Exchange(ref hasTurn, false))
            {
                Turn.Release();
            }
        }
    }
}
