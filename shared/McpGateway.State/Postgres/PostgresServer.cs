using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>
/// A PostgreSQL database in use: connections, transactions, and what is done when one of them is lost. A transaction that was undone runs
/// anew, for some seconds. One whose commit was under way is looked for by its mark: found, it is done; else it is barred, by setting the
/// same mark, and runs anew.
/// </summary>
public sealed partial class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Long enough to find that idle connections were lost, and open one.</summary>
    private static readonly TimeSpan PatienceOfHealth = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan WaitForConnection = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MarkLife = TimeSpan.FromHours(1);

    private readonly PostgresUrl url;
    private readonly PostgresSchema schema;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly NpgsqlDataSource source;
    private readonly SemaphoreSlim free;
    private readonly SemaphoreSlim migrating = new(1, 1);
    private volatile bool isMigrated;

    public PostgresServer(PostgresUrl url, PostgresSchema schema, TimeProvider time, ILogger logger)
    {
        (this.url, this.schema, this.time, this.logger) = (url, schema, time, logger);
        var builder = new NpgsqlDataSourceBuilder(url.ConnectionString);
        if (url.ByEntra)
        {
            EntraPassword.Use(builder, time);
        }

        source = builder.Build();
        free = new(url.Pool, url.Pool);
        // A transaction occupies a thread while it waits for the server: those that compute must not have to wait for these.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + url.Pool), ports);
    }

    /// <summary>Reads one state of the database.</summary>
    /// <param name="read">May run more than once.</param>
    /// <exception cref="DatabaseException">It cannot be read.</exception>
    public Task<T> ReadAsync<T>(Func<PostgresTransaction, T> read, TransactionTimes times, CancellationToken cancellationToken) =>
        ReadAsync(read, times, Patience, cancellationToken);

    /// <summary>Changes the database in one transaction.</summary>
    /// <param name="change">May run more than once: it did nothing then that stayed.</param>
    /// <exception cref="DatabaseException">It cannot be written, or it is not known whether it was.</exception>
    public async Task<T> WriteAsync<T>(Func<PostgresTransaction, T> change, TransactionTimes times, CancellationToken cancellationToken)
    {
        await MigrateAsync(Patience, cancellationToken);
        for (var began = time.GetTimestamp(); ; )
        {
            var (result, lost) = await RunAsync(connection => Write(connection, change, times), Patience, cancellationToken);
            if (lost is null || await IsStoredAsync(lost))
            {
                return result;
            }

            if (time.GetElapsedTime(began) > 2 * Patience)
            {
                throw Explain(lost.Reason);
            }
        }
    }

    /// <summary>
    /// <see cref="WriteAsync"/> on the caller's own thread, for those who hold a lock meanwhile: where many wait for that lock, no thread of the
    /// pool may be left to go on with.
    /// </summary>
    /// <inheritdoc cref="WriteAsync"/>
    public T Write<T>(Func<PostgresTransaction, T> change, TransactionTimes times) =>
        TryNow(connection => Write(connection, change, times), out var done)
        && (done.Lost is null || IsStoredAsync(done.Lost).GetAwaiter().GetResult())
            ? done.Result
            : WriteAsync(change, times, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Reads one state of the database on the caller's own thread.</summary>
    /// <exception cref="DatabaseException">It cannot be read.</exception>
    public T Read<T>(Func<PostgresTransaction, T> read, TransactionTimes times) =>
        TryNow(connection => Read(connection, read, times), out var result)
            ? result
            : ReadAsync(read, times, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>What keeps the database from being read and written just now, or null.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            return
                await ReadAsync(
                    transaction =>
                        transaction.Read("SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'")[0][0],
                    TransactionTimes.OfCall,
                    PatienceOfHealth,
                    cancellationToken
                )
                    is 1L
                ? $"The database {url.Place} is a standby, or takes no writes just now."
                : null;
        }
        catch (DatabaseException e)
        {
            return e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        free.Dispose();
        migrating.Dispose();
    }

    private async Task<T> ReadAsync<T>(
        Func<PostgresTransaction, T> read,
        TransactionTimes times,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        await MigrateAsync(patience, cancellationToken);
        return await RunAsync(connection => Read(connection, read, times), patience, cancellationToken);
    }

    // Once: what fails in passing is for the way that can wait.
    private bool TryNow<T>(Func<NpgsqlConnection, T> work, out T result)
    {
        result = default!;
        if (url.ByEntra || !free.Wait(WaitForConnection))
        {
            return false;
        }

        try
        {
            using var connection = source.OpenConnection();
            isMigrated =
                isMigrated
                || Read(connection, transaction => schema.IsCurrent(transaction, url.Place), TransactionTimes.OfCall)
                || Migrate(connection);
            result = work(connection);
            return true;
        }
        catch (NpgsqlException e) when (PostgresProblem.IsPassing(e))
        {
            Again(e.Message, url.Place);
            return false;
        }
        catch (NpgsqlException e)
        {
            throw Explain(e);
        }
        finally
        {
            free.Release();
        }
    }

    private async Task MigrateAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (isMigrated)
        {
            return;
        }

        await migrating.WaitAsync(cancellationToken);
        try
        {
            isMigrated =
                isMigrated
                || await RunAsync(
                    connection => Read(connection, transaction => schema.IsCurrent(transaction, url.Place), TransactionTimes.OfCall),
                    patience,
                    cancellationToken
                )
                || await RunAsync(Migrate, patience, cancellationToken);
        }
        finally
        {
            migrating.Release();
        }
    }

    private bool Migrate(NpgsqlConnection connection)
    {
        var transaction = new PostgresTransaction(
            connection,
            "BEGIN ISOLATION LEVEL READ COMMITTED",
            schema.Name,
            TransactionTimes.OfLongWork
        );
        return InTransaction(
            transaction,
            () =>
            {
                schema.Migrate(transaction, url);
                transaction.Commit();
                return true;
            }
        );
    }

    private T Read<T>(NpgsqlConnection connection, Func<PostgresTransaction, T> read, TransactionTimes times)
    {
        var transaction = new PostgresTransaction(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", schema.Name, times);
        return InTransaction(
            transaction,
            () =>
            {
                var result = read(transaction);
                transaction.Commit();
                return result;
            }
        );
    }

    private (T Result, LostCommit? Lost) Write<T>(NpgsqlConnection connection, Func<PostgresTransaction, T> change, TransactionTimes times)
    {
        var transaction = new PostgresTransaction(connection, "BEGIN ISOLATION LEVEL READ COMMITTED", schema.Name, times);
        return InTransaction<(T, LostCommit?)>(
            transaction,
            () =>
            {
                var result = change(transaction);
                var mark = new Mark(transaction.Owner, time.GetUtcNow().ToUnixTimeMilliseconds(), Guid.NewGuid().ToString("N"));
                mark.Set(transaction);
                transaction.Run(
                    "DELETE FROM written WHERE namespace = $1 AND at < $2",
                    mark.Namespace,
                    mark.At - (long)MarkLife.TotalMilliseconds
                );
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
    }

    /// <summary>What became of a transaction whose commit got lost. Waits for it while it is still at it; afterwards it cannot be stored any more.</summary>
    private async Task<bool> IsStoredAsync(LostCommit lost)
    {
        Lost(lost.Reason, url.Place);
        try
        {
            // Not ended with the call: somebody has to know.
            return await RunAsync(
                connection =>
                {
                    var transaction = new PostgresTransaction(
                        connection,
                        "BEGIN ISOLATION LEVEL READ COMMITTED",
                        schema.Name,
                        TransactionTimes.OfCall
                    );
                    return InTransaction(
                        transaction,
                        () =>
                        {
                            var isThere = lost.Mark.SetUnlessThere(transaction);
                            transaction.Commit();
                            return isThere;
                        }
                    );
                },
                2 * Patience,
                CancellationToken.None
            );
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

    private static T InTransaction<T>(PostgresTransaction transaction, Func<T> work)
    {
        var isWhole = false;
        try
        {
            var result = work();
            isWhole = true;
            return result;
        }
        finally
        {
            if (!isWhole)
            {
                transaction.Rollback();
            }
        }
    }

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, T> work, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await RunOnceAsync(work, cancellationToken);
            }
            catch (NpgsqlException e) when (PostgresProblem.IsPassing(e) && time.GetElapsedTime(began) + pause < patience)
            {
                Again(e.Message, url.Place);
                if (e is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction })
                {
                    source.Clear();
                }
            }
            catch (NpgsqlException e)
            {
                throw Explain(e);
            }

            await Task.Delay(pause + (pause * Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    private async Task<T> RunOnceAsync<T>(Func<NpgsqlConnection, T> work, CancellationToken cancellationToken)
    {
        if (!await free.WaitAsync(WaitForConnection, cancellationToken))
        {
            throw new DatabaseException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"All {url.Pool} connections to the database {url.Place} are in use: call again in a few seconds. Raise pool=… in the URL if this stays so."
                )
            );
        }

        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return work(connection);
        }
        finally
        {
            free.Release();
        }
    }

    private DatabaseException Explain(NpgsqlException e)
    {
        Failed(e, url.Place);
        if (e is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable })
        {
            // Another database is in its place.
            isMigrated = false;
        }

        return new(PostgresProblem.WordsOf(e, url), e);
    }

    /// <summary>A row that a transaction leaves, which is there if and only if it was committed.</summary>
    private sealed record Mark(long Namespace, long At, string Id)
    {
        public void Set(PostgresTransaction transaction) =>
            transaction.Run("INSERT INTO written (namespace, at, id, stored) VALUES ($1, $2, $3, true)", Namespace, At, Id);

        /// <summary>Sets it in the place of the transaction, which cannot be committed then.</summary>
        /// <returns>Whether it was committed.</returns>
        public bool SetUnlessThere(PostgresTransaction transaction)
        {
            transaction.Run(
                "INSERT INTO written (namespace, at, id, stored) VALUES ($1, $2, $3, false) ON CONFLICT DO NOTHING",
                Namespace,
                At,
                Id
            );
            // This one's commit may have got lost as well, and be there from before.
            return transaction.Read("SELECT stored FROM written WHERE namespace = $1 AND at = $2 AND id = $3", Namespace, At, Id)[0][0]
                is 1L;
        }
    }

    private sealed record LostCommit(Mark Mark, NpgsqlException Reason);

    [LoggerMessage(LogLevel.Warning, "The database {Place} is tried again: {Problem}")]
    private partial void Again(string problem, string place);

    [LoggerMessage(LogLevel.Warning, "The connection to the database {Place} was lost during a commit, whose outcome is looked for")]
    private partial void Lost(Exception exception, string place);

    [LoggerMessage(LogLevel.Error, "The database {Place} cannot be used")]
    private partial void Failed(Exception exception, string place);
}
