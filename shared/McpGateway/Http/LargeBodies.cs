namespace McpGateway.Http;

/// <summary>
/// Large bodies are worked on one after the other: each is many times its size while it is read, cut and kept, and a few at once would take
/// the memory of everybody. A call takes its turn with its first large body and keeps it until it ends, or waits for anything else, a body that comes
/// slowly as well (decision 0055): the others have deadlines too.
/// </summary>
#pragma warning disable CA1001 // The semaphore holds nothing without its wait handle, and calls that outlast the gateway still give up their turn.
public sealed class LargeBodies
#pragma warning restore CA1001
{
    /// <summary>What is up to this long, in bytes, takes no turn.</summary>
    public const int Threshold = 500_000;

    private static readonly AsyncLocal<Call?> Current = new();

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Begins a call; disposed at its end.</summary>
    public IDisposable BeginCall()
    {
        var call = new Call(turn);
        Current.Value = call;
        return call;
    }

    /// <summary>Waits until it is this call's turn. Outside of a call nothing waits.</summary>
    public static Task WaitForTurnAsync(CancellationToken cancellationToken) =>
        Current.Value?.TakeTurnAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Lets another call have its turn while this one waits for a clock, an API or another call; its next large body takes a turn again.</summary>
    public static void GiveUpTurn() => Current.Value?.GiveUpTurn();

    private sealed class Call(SemaphoreSlim turn) : IDisposable
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
                    await turn.WaitAsync(cancellationToken);
                    hasTurn = true;
                }
            }
            finally
            {
                gate.Release();
            }

            if (ended)
            {
                GiveUpTurn();
            }
        }

        public void GiveUpTurn()
        {
            if (Interlocked.Exchange(ref hasTurn, false))
            {
                turn.Release();
            }
        }

        public void Dispose()
        {
            ended = true;
            GiveUpTurn();
        }
    }
}
