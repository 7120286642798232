using McpGateway.State.Postgres;
using Memory.Database;
using Memory.Search;
using Microsoft.Extensions.Logging;

namespace Memory.Postgres;

/// <summary>
/// A schema of a PostgreSQL database, shared by any number of instances. Writers of one namespace take turns, by a lock of its row; readers
/// see a snapshot and wait for nobody.
/// </summary>
internal sealed class PostgresDatabase(PostgresUrl url, TimeProvider time, ILogger<PostgresDatabase> logger) : IDatabase
{
    private const int Turns = 256;

    private readonly PostgresServer server = new(url, new(Tables.Schema, Tables.All), time, logger);
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly SemaphoreSlim indexing = new(1, 1);
    private volatile bool isIndexed;

    public string Place => $"the database {url.Place}";

    public bool IsCheckedAtStart => false;

    // A database that cannot be reached now may be reached later.
    public void Prepare() { }

    public async Task<T> ReadAsync<T>(Func<ISession, T> read, CancellationToken cancellationToken)
    {
        await EnsureIndexAsync(cancellationToken);
        return await AskAsync(() =>
            server.ReadAsync(transaction => read(new PostgresSession(transaction, url.Place)), TransactionTimes.OfCall, cancellationToken)
        );
    }

    public async Task<T> WriteAsync<T>(string? space, Func<ISession, T> change, CancellationToken cancellationToken)
    {
        await EnsureIndexAsync(cancellationToken);
        if (space is null)
        {
            return await ChangeAllAsync(change, cancellationToken);
        }

        // One of this process waits at the database; the others would only keep connections from those that read.
        var turn = turns[(uint)space.GetHashCode(StringComparison.Ordinal) % Turns];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await AskAsync(() =>
                server.WriteAsync(
                    transaction => change(new PostgresSession(transaction, url.Place)),
                    TransactionTimes.OfCall,
                    cancellationToken
                )
            );
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await server.FindProblemAsync(cancellationToken) is { } problem)
            {
                return problem;
            }

            await EnsureIndexAsync(cancellationToken);
            return null;
        }
        catch (StoreException e)
        {
            return e.Message;
        }
    }

    /// <summary>PostgreSQL watches over its files itself (checksums, amcheck); here is only whether every table can be read.</summary>
    public Task<IReadOnlyList<string>> FindDamageAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<string>>(
            session =>
            {
                session.Scalar("SELECT count(*) FROM entity");
                session.Scalar("SELECT count(*) FROM observation");
                session.Scalar("SELECT count(*) FROM relation");
                session.Scalar("SELECT count(*) FROM log");
                return [];
            },
            cancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        indexing.Dispose();
        foreach (var turn in turns)
        {
            turn.Dispose();
        }
    }

    /// <summary>Builds the search's copy where it is another release's, or not there yet.</summary>
    private async Task EnsureIndexAsync(CancellationToken cancellationToken)
    {
        if (isIndexed)
        {
            return;
        }

        await indexing.WaitAsync(cancellationToken);
        try
        {
            if (!isIndexed && !await AskAsync(() => server.ReadAsync(IsIndexed, TransactionTimes.OfCall, cancellationToken)))
            {
                await ChangeAllAsync(
                    session =>
                    {
                        // Again, now that no other instance can be doing the same.
                        if (!IndexBuild.IsCurrent(session))
                        {
                            IndexBuild.Run(session, cancellationToken);
                        }

                        return true;
                    },
                    cancellationToken
                );
            }

            isIndexed = true;
        }
        finally
        {
            indexing.Release();
        }
    }

    private bool IsIndexed(PostgresTransaction transaction) =>
        IndexBuild.VersionOf(new PostgresSession(transaction, url.Place)) is var version and not > IndexBuild.Current
            ? version is IndexBuild.Current
            // To build it anew would take it from those that run the newer one.
            : throw new StoreException($"The memory in the database {url.Place} is searched by a newer release: install it here as well.");

    private Task<T> ChangeAllAsync<T>(Func<ISession, T> change, CancellationToken cancellationToken) =>
        AskAsync(() =>
            server.WriteAsync(
                transaction =>
                {
                    var session = new PostgresSession(transaction, url.Place);
                    session.LockAll();
                    return change(session);
                },
                TransactionTimes.OfLongWork,
                cancellationToken
            )
        );

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (DatabaseException e)
        {
            throw new StoreException(e.IsUnknown ? e.Message : $"{e.Message} This call stored nothing.", e);
        }
    }
}
