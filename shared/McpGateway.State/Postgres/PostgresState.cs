using McpGateway.State.Database;
using Microsoft.Extensions.Logging;

namespace McpGateway.State.Postgres;

/// <summary>
/// The state in a schema of a PostgreSQL database, shared by every instance of a service. Decisions take turns by one advisory lock, as writers
/// of the file do: each finds what the one before left. docs/decisions/0040-state-in-postgresql.md
/// </summary>
internal sealed class PostgresState : StateDatabase
{
    // Calls that share a budget wait on threads for whoever leases of it, who waits for the server: the pool grows at once as far as this.
    private const int Threads = 256;

    private readonly string schema;
    private readonly PostgresServer server;

    public PostgresState(PostgresUrl url, string schema, TimeProvider time, ILogger<PostgresState> logger)
        : base(time)
    {
        this.schema = schema;
        server = new(url, new(schema, StateTables.All), time, logger);
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Threads), ports);
    }

    /// <summary>The schema of a service, so that several share a database.</summary>
    public static string SchemaOf(GatewayService service) => $"{service.Name.Replace('-', '_')}_state";

    public override bool Exists => true;

    public override bool IsShared => true;

    public override bool IsServer => true;

    public override Task<T> LeaseAsync<T>(string what, Func<StateSession, T> decide, CancellationToken cancellationToken) =>
        AskAsync(() =>
            server.WriteAsync(
                transaction =>
                {
                    Lock(transaction, what);
                    return decide(new PostgresStateSession(transaction));
                },
                TransactionTimes.OfCall,
                cancellationToken
            )
        );

    public override T Read<T>(Func<StateSession, T> read)
    {
        try
        {
            return server.Read(transaction => read(new PostgresStateSession(transaction)), TransactionTimes.OfCall);
        }
        catch (DatabaseException e)
        {
            throw new StateException(e.Message, e);
        }
    }

    public override Task<string?> FindProblemAsync(CancellationToken cancellationToken) => server.FindProblemAsync(cancellationToken);

    protected override Task<T> RunDecisionAsync<T>(Func<StateSession, T> decide, CancellationToken cancellationToken) =>
        AskAsync(() => server.WriteAsync(transaction => Decided(transaction, decide), TransactionTimes.OfCall, cancellationToken));

    protected override T RunDecision<T>(Func<StateSession, T> decide)
    {
        try
        {
            return server.Write(transaction => Decided(transaction, decide), TransactionTimes.OfCall);
        }
        catch (DatabaseException e)
        {
            throw new StateException(e.Message, e);
        }
    }

    protected override Task<T> RunReadingAsync<T>(Func<StateSession, T> read, CancellationToken cancellationToken) =>
        AskAsync(() =>
            server.ReadAsync(transaction => read(new PostgresStateSession(transaction)), TransactionTimes.OfCall, cancellationToken)
        );

    protected override Task<long> LookAsync(CancellationToken cancellationToken) =>
        RunReadingAsync(session => session.Number("SELECT number FROM decision"), cancellationToken);

    protected override void Dispose(bool disposing) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private T Decided<T>(PostgresTransaction transaction, Func<StateSession, T> decide)
    {
        Lock(transaction, "decisions");
        var result = decide(new PostgresStateSession(transaction));
        transaction.Run("UPDATE decision SET number = number + 1");
        return result;
    }

    private void Lock(PostgresTransaction transaction, string what) =>
        transaction.Run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"mcp-gateway {schema} {what}");

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (DatabaseException e)
        {
            throw new StateException(e.Message, e);
        }
    }
}
