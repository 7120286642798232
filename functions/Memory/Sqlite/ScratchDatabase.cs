using Memory.Database;
using Memory.Search;

namespace Memory.Sqlite;

/// <summary>An empty memory that is nowhere but in this process, for one call at a time, and gone when it is disposed of.</summary>
internal sealed class ScratchDatabase : IDatabase
{
    private readonly Session session = new(Session.InMemory, readOnly: false);

    public string Place => Session.InMemory;

    public bool IsCheckedAtStart => false;

    public void Prepare()
    {
        Schema.Migrate(session, Session.InMemory);
        session.InTransaction(all =>
        {
            IndexBuild.Run(all, CancellationToken.None);
            return true;
        });
    }

    public Task<T> ReadAsync<T>(Func<ISession, T> read, CancellationToken cancellationToken) => Task.FromResult(session.InSnapshot(read));

    public Task<T> WriteAsync<T>(string? space, Func<ISession, T> change, CancellationToken cancellationToken) =>
        Task.FromResult(session.InTransaction(change));

    public Task<string?> FindProblemAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<IReadOnlyList<string>> FindDamageAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public ValueTask DisposeAsync()
    {
        session.Dispose();
        return ValueTask.CompletedTask;
    }
}
