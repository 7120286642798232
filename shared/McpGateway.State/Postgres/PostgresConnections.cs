using System.Globalization;
using System.Net.Sockets;
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
    private readonly Outage outage;

    public PostgresConnections(PostgresUrl url, TimeProvider time, ILogger logger)
    {
        (this.url, this.time, this.logger) = (url, time, logger);
        var builder = new NpgsqlDataSourceBuilder(url.ConnectionString);
        if (url.ByEntra)
        {
            EntraPassword.Use(builder, time);
        }

        source = builder.Build();
        outage = new(time);
        free = new(url.Pool, url.Pool);
        // A transaction occupies a thread while it waits for the server: those that compute must not have to wait for these.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + url.Pool), ports);
    }

    /// <param name="work">May run more than once.</param>
    /// <param name="patience">How long to wait for a database that does not answer, from when it went away.</param>
    /// <exception cref="DatabaseException">It failed for good, or for longer than <paramref name="patience"/>.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, T> work, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (outage.Find(patience) is { } known)
            {
                throw InWords(known);
            }

            try
            {
                return await RunOnceAsync(work, cancellationToken);
            }
            catch (NpgsqlException e)
                when (PostgresProblem.IsPassing(e) && time.GetElapsedTime(began) + pause < patience && !outage.HasOutlasted(patience, e))
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
    /// <exception cref="DatabaseException">It failed for good, or is known to be away.</exception>
    public bool TryRun<T>(Func<NpgsqlConnection, T> work, TimeSpan patience, out T result)
    {
        result = default!;
        if (outage.Find(patience) is { } known)
        {
            throw InWords(known);
        }

        if (url.ByEntra || !free.Wait(WaitForConnection))
        {
            return false;
        }

        var (asked, isConnected) = (time.GetTimestamp(), false);
        try
        {
            using var connection = Open();
            isConnected = true;
            result = work(connection);
            outage.End();
            return true;
        }
        catch (NpgsqlException e) when (PostgresProblem.IsPassing(e))
        {
            Note(e, asked, isConnected);
            Again(e.Message, url.Place);
            return false;
        }
        catch (NpgsqlException e)
        {
            Note(e, asked, isConnected);
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
        return InWords(e);
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

        var (asked, isConnected) = (time.GetTimestamp(), false);
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            isConnected = true;
            var result = work(connection);
            outage.End();
            return result;
        }
        catch (Exception e)
        {
            Note(e, asked, isConnected);
            throw;
        }
        finally
        {
            free.Release();
        }
    }

    private DatabaseException InWords(NpgsqlException e) => new(PostgresProblem.WordsOf(e, url), e);

    private void Note(Exception e, long asked, bool isConnected)
    {
        if (e is NpgsqlException failure && PostgresProblem.IsAway(failure, isConnected))
        {
            outage.Note(failure, asked);
        }
        else if (isConnected && e is not NpgsqlException or PostgresException)
        {
            // It answered.
            outage.End();
        }
    }

    private NpgsqlConnection Open()
    {
        try
        {
            return source.OpenConnection();
        }
        catch (SocketException e)
        {
            throw Unknown(e);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (SocketException e)
        {
            throw Unknown(e);
        }
    }

    // The driver leaves this one as it is: the name of a container, for example, is gone with it.
    private static NpgsqlException Unknown(SocketException e) => new("The host's name leads nowhere.", e);

    [LoggerMessage(LogLevel.Warning, "The database {Place} is tried again: {Problem}")]
    private partial void Again(string problem, string place);

    [LoggerMessage(LogLevel.Error, "The database {Place} cannot be used")]
    private partial void Failed(Exception exception, string place);
}
