namespace McpGateway.State.Database;

/// <summary>
/// What a gateway remembers beside its service's own data. Each decision is one transaction that keeps others out, also those of another
/// process; reads see a snapshot and wait for no decision. docs/decisions/0029-state-in-one-sqlite-file.md
/// </summary>
public abstract class StateDatabase(TimeProvider time) : IDisposable
{
    // What another process decided is seen within this time. A look for each call would cost as much as the rest of authentication.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private volatile Look? look;
    private long decisions;

    /// <summary>Whether there is anything to read, told without making it.</summary>
    public abstract bool Exists { get; }

    /// <summary>Whether other processes use the same state, as far as this one can see.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Whether it is a server, for instances on any machine.</summary>
    public abstract bool IsServer { get; }

    /// <summary>Decides something in one transaction: all of it or, on any error, nothing.</summary>
    /// <param name="decide">May run more than once, where the database has undone what it did before.</param>
    /// <exception cref="StateException">It cannot be written: nothing was decided, unless the message says that this is not known.</exception>
    public async Task<T> DecideAsync<T>(Func<StateSession, T> decide, CancellationToken cancellationToken)
    {
        try
        {
            var result = await RunDecisionAsync(decide, cancellationToken);
            Interlocked.Increment(ref decisions);
            return result;
        }
        catch (StateException)
        {
            look = null;
            throw;
        }
    }

    /// <summary>Decides about one thing alone, which nothing that is remembered depends on: nobody has to look anew.</summary>
    /// <param name="what">Whoever decides about the same takes turns.</param>
    /// <param name="decide">May run more than once, where the database has undone what it did before.</param>
    /// <exception cref="StateException">It cannot be written: nothing was decided.</exception>
    public abstract Task<T> LeaseAsync<T>(string what, Func<StateSession, T> decide, CancellationToken cancellationToken);

    /// <summary><see cref="DecideAsync"/> for those who cannot wait, such as a key ring.</summary>
    public T Decide<T>(Func<StateSession, T> decide)
    {
        try
        {
            var result = RunDecision(decide);
            Interlocked.Increment(ref decisions);
            return result;
        }
        catch (StateException)
        {
            look = null;
            throw;
        }
    }

    /// <summary>Reads one state of the database.</summary>
    /// <exception cref="StateException">It cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<StateSession, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await RunReadingAsync(read, cancellationToken);
        }
        catch (StateException)
        {
            look = null;
            throw;
        }
    }

    /// <summary><see cref="ReadAsync"/> for those who cannot wait.</summary>
    public abstract T Read<T>(Func<StateSession, T> read);

    /// <summary>
    /// What changes whenever something was decided: at once for decisions of this process, within half a second for those of another. It
    /// costs next to nothing, so that each call can ask whether what it remembers still holds.
    /// </summary>
    /// <exception cref="StateException">The database cannot be read.</exception>
    public async ValueTask<StateVersion> VersionAsync(CancellationToken cancellationToken)
    {
        if (look is not { } last || time.GetElapsedTime(last.At) >= LookInterval)
        {
            var at = time.GetTimestamp();
            look = last = new(await LookAsync(cancellationToken), at);
        }

        return new(Interlocked.Read(ref decisions), last.Number);
    }

    /// <summary>Does something that must never be done twice with this state, such as taking over what an older release wrote.</summary>
    /// <returns>False when it has been done before.</returns>
    public Task<bool> OnceAsync(string what, Action<StateSession> work, CancellationToken cancellationToken) =>
        DecideAsync(
            session =>
            {
                if (
                    session.Run(
                        "INSERT INTO takeover (what, at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        what,
                        time.GetUtcNow().ToUnixTimeMilliseconds()
                    ) == 0
                )
                {
                    return false;
                }

                work(session);
                return true;
            },
            cancellationToken
        );

    /// <summary>What keeps the state from being read and written now, in a sentence for the operator; null when nothing does.</summary>
    public abstract Task<string?> FindProblemAsync(CancellationToken cancellationToken);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="DecideAsync"/>
    protected abstract Task<T> RunDecisionAsync<T>(Func<StateSession, T> decide, CancellationToken cancellationToken);

    /// <inheritdoc cref="Decide"/>
    protected abstract T RunDecision<T>(Func<StateSession, T> decide);

    /// <inheritdoc cref="ReadAsync"/>
    protected abstract Task<T> RunReadingAsync<T>(Func<StateSession, T> read, CancellationToken cancellationToken);

    /// <summary>A number that each decision of another process changes.</summary>
    /// <exception cref="StateException">The database cannot be read.</exception>
    protected abstract Task<long> LookAsync(CancellationToken cancellationToken);

    protected abstract void Dispose(bool disposing);

    /// <param name="Number">What <see cref="LookAsync"/> found.</param>
    /// <param name="At">When it was read, on the gateway's clock.</param>
    private sealed record Look(long Number, long At);
}

/// <summary>
/// Which state of the database something was read from, or an older one: it holds while <see cref="StateDatabase.VersionAsync"/> is the same.
/// </summary>
/// <param name="Decisions">How often this process has decided something.</param>
/// <param name="Others">A number that each decision of another process changes.</param>
public readonly record struct StateVersion(long Decisions, long Others);
