using McpGateway.State.Database;

namespace McpGateway.State.Activities;

/// <summary>Where events are kept: a file of this machine, or tables that all instances share.</summary>
public abstract class ActivityStore : IDisposable
{
    /// <summary>Whether there is anything to read, told without making it.</summary>
    public abstract bool Exists { get; }

    /// <param name="work">
    /// Given whether nothing that is known of earlier writes holds. May run more than once, where the database has undone what it did before.
    /// </param>
    /// <exception cref="StateException">It cannot be written now: nothing was, unless the message says that this is not known.</exception>
    public abstract Task WriteAsync(Action<StateSession, bool> work, CancellationToken cancellationToken);

    /// <exception cref="StateException">It cannot be read now.</exception>
    public abstract Task<T> ReadAsync<T>(Func<StateSession, T> read, CancellationToken cancellationToken);

    /// <summary>How much room events take, in bytes.</summary>
    public abstract long SizeOf(StateSession session);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) { }
}
