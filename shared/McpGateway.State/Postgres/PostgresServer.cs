using Microsoft.Extensions.Logging;
using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>
/// A PostgreSQL database in use: transactions, and what is done when one of them is lost. A transaction that was undone runs anew, for the first
/// seconds that the database is away. One whose commit was under way is looked for by its mark: found, it is done; else it is barred, by
/// setting the same mark, and runs anew.
/// </summary>
public sealed partial class PostgresServer(PostgresUrl url, PostgresSchema schema, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Long enough to find that idle connections were lost, and open one.</summary>
    private static readonly TimeSpan PatienceOfHealth = TimeSpan.FromSeconds(1);

    /// <summary>A server that answers nothing, whose connections stand, holds a statement for half a minute: who asks for its health is told earlier.</summary>
    private static readonly TimeSpan LongestLookAtHealth = TimeSpan.FromSeconds(5);

    private readonly PostgresConnections connections = new(url, time, logger);
    private readonly PostgresMigration migration = new(schema, url);

    /// <summary>Reads one state of the database.</summary>
    /// <param name="read">May run more than once.</param>
    /// <exception cref="DatabaseException">It cannot be read.</exception>
    public Task<T> ReadAsync<T>(Func<PostgresTransaction, T> read, TransactionTimes times, CancellationToken cancellationToken) =>
        connections.RunAsync(Reading(read, times), Patience, cancellationToken);

    /// <summary>Changes the database in one transaction.</summary>
    /// <param name="change">May run more than once: it did nothing then that stayed.</param>
    /// <exception cref="DatabaseException">It cannot be written, or it is not known whether it was.</exception>
    public async Task<T> WriteAsync<T>(Func<PostgresTransaction, T> change, TransactionTimes times, CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); ; )
        {
            var (result, lost) = await connections.RunAsync(Writing(change, times), Patience, cancellationToken);
            if (lost is null || await IsStoredAsync(lost))
            {
                return result;
            }

            if (time.GetElapsedTime(began) > 2 * Patience)
            {
                throw connections.Explain(lost.Reason);
            }
        }
    }

    /// <summary>
    /// <see cref="WriteAsync"/> on the caller's own thread, for those who hold a lock meanwhile: where many wait for that lock, no thread of the
    /// pool may be left to go on with.
    /// </summary>
    /// <inheritdoc cref="WriteAsync"/>
    public T Write<T>(Func<PostgresTransaction, T> change, TransactionTimes times) =>
        connections.TryRun(Writing(change, times), Patience, out var done)
        && (done.Lost is null || IsStoredAsync(done.Lost).GetAwaiter().GetResult())
            ? done.Result
            : WriteAsync(change, times, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Reads one state of the database on the caller's own thread.</summary>
    /// <exception cref="DatabaseException">It cannot be read.</exception>
    public T Read<T>(Func<PostgresTransaction, T> read, TransactionTimes times) =>
        connections.TryRun(Reading(read, times), Patience, out var result)
            ? result
            : ReadAsync(read, times, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>What keeps the database from being read and written just now, or null.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        var standsBy = Reading(
            transaction => transaction.Read("SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'")[0][0],
            TransactionTimes.OfCall
        );
        try
        {
            // On a thread of its own, which waits for the server.
            var look = Task.Run(() => connections.RunAsync(standsBy, PatienceOfHealth, CancellationToken.None), CancellationToken.None);
            return await look.WaitAsync(LongestLookAtHealth, time, cancellationToken) is 1L
                ? $"The database {url.Place} is a standby, or takes no writes just now."
                : null;
        }
        catch (TimeoutException)
        {
            return $"The database {url.Place} does not answer: the connections stand, but the server is stopped or overloaded.";
        }
        catch (DatabaseException e)
        {
            return e.Message;
        }
    }

    public ValueTask DisposeAsync() => connections.DisposeAsync();

    private Func<NpgsqlConnection, T> Reading<T>(Func<PostgresTransaction, T> read, TransactionTimes times) =>
        InTransaction(
            PostgresTransaction.Reading,
            times,
            transaction =>
            {
                var result = read(transaction);
                transaction.Commit();
                return result;
            }
        );

    private Func<NpgsqlConnection, (T Result, LostCommit? Lost)> Writing<T>(Func<PostgresTransaction, T> change, TransactionTimes times) =>
        InTransaction<(T, LostCommit?)>(
            PostgresTransaction.Writing,
            times,
            transaction =>
            {
                var result = change(transaction);
                var mark = CommitMark.Set(transaction, time.GetUtcNow());
                try
                {
                    transaction.Commit();
                    return (result, null);
                }
                catch (NpgsqlException e) when (!PostgresProblem.IsRefusal(e))
                {
                    return (result, new(mark, e));
                }
            }
        );

    /// <summary>What became of a transaction whose commit got lost. Waits for it while it is still at it; afterwards it cannot be stored any more.</summary>
    private async Task<bool> IsStoredAsync(LostCommit lost)
    {
        Lost(lost.Reason, url.Place);
        var look = InTransaction(
            PostgresTransaction.Writing,
            TransactionTimes.OfCall,
            transaction =>
            {
                var isThere = lost.Mark.SetUnlessThere(transaction);
                transaction.Commit();
                return isThere;
            }
        );
        try
        {
            // Not ended with the call: somebody has to know.
            return await connections.RunAsync(look, 2 * Patience, CancellationToken.None);
        }
        catch (DatabaseException e)
        {
            throw new DatabaseException(
                $"The connection to the database {url.Place} was lost while a change was being stored, and it could not be found out since "
                    + "whether it was: look before you do the same again.",
                e,
                isUnknown: true
            );
        }
    }

    private Func<NpgsqlConnection, T> InTransaction<T>(string begin, TransactionTimes times, Func<PostgresTransaction, T> work) =>
        connection => migration.Run(connection, current => PostgresTransaction.Within(current, begin, schema.Name, times, work));

    [LoggerMessage(LogLevel.Warning, "The connection to the database {Place} was lost during a commit, whose outcome is looked for")]
    private partial void Lost(Exception exception, string place);
}
