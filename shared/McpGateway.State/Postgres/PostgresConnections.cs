using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>Connections to a database, and patience with it: work that fails in passing is undone and runs anew, for some seconds.</summary>
internal sealed partial class PostgresConnections : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan WaitForConnection = TimeSpan.FromSeconds(10);

    private readonly PostgresUrl url;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly NpgsqlDataSource source;
    private readonly SemaphoreSlim free;

    public PostgresConnections(PostgresUrl url, TimeProvider time, ILogger logger)
    {
        (this.url, this.time, this.logger) = (url, time, logger);
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

    /// <param name="work">May run more than once.</param>
    /// <exception cref="DatabaseException">It failed for good, or for longer than <paramref name="patience"/>.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, T> work, TimeSpan patience, CancellationToken cancellationToken)
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

    /// <summary>Runs work once, on the caller's own thread.</summary>
    /// <returns>Whether it ran: what fails in passing is for <see cref="RunAsync"/>, which can wait.</returns>
    /// <exception cref="DatabaseException">It failed for good.</exception>
    public bool TryRun<T>(Func<NpgsqlConnection, T> work, out T result)
    {
        result = default!;
        if (url.ByEntra || !free.Wait(WaitForConnection))
        {
            return false;
        }

        try
        {
            using var connection = source.OpenConnection();
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

    /// <summary>Logs a failure, and puts it into words.</summary>
    public DatabaseException Explain(NpgsqlException e)
    {
        Failed(e, url.Place);
        return new(PostgresProblem.WordsOf(e, url), e);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        free.Dispose();
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

    [LoggerMessage(LogLevel.Warning, "The database {Place} is tried again: {Problem}")]
    private partial void Again(string problem, string place);

    [LoggerMessage(LogLevel.Error, "The database {Place} cannot be used")]
    private partial void Failed(Exception exception, string place);
}
