using McpGateway.State.Database;
using Microsoft.Extensions.Logging;

namespace McpGateway.State.Postgres;

/// <summary>
/// The state in a schema of a PostgreSQL database, shared by every instance of a service. Decisions take turns by one advisory lock, as writers
/// of the file do: each finds what the one before left. docs/decisions/0040-state-in-postgresql.md
/// </summary>
internal sealed class PostgresState(PostgresUrl url, string schema, TimeProvider time, ILogger<PostgresState> logger) : StateDatabase(time)
{
    private readonly PostgresServer server = new(url, new(schema, StateTables.All), time, logger);

    /// <summary>The schema of a service, so that several share a database.</summary>
    public static string SchemaOf(GatewayService service) => $"{service.Name.Replace('-', '_')}_state";

    public override bool Exists => true;

    // Only for those who cannot wait otherwise: a thread waits for the server.
    public override T Read<T>(Func<StateSession, T> read) => ReadAsync(read, CancellationToken.None).GetAwaiter().GetResult();

    public override Task<string?> FindProblemAsync(CancellationToken cancellationToken) => server.FindProblemAsync(cancellationToken);

    protected override Task<T> RunDecisionAsync<T>(Func<StateSession, T> decide, CancellationToken cancellationToken) =>
        AskAsync(() =>
            server.WriteAsync(
                transaction =>
                {
                    transaction.Run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"mcp-gateway {schema} decisions");
                    var result = decide(new PostgresStateSession(transaction));
                    transaction.Run("UPDATE decision SET number = number + 1");
                    return result;
                },
                TransactionTimes.OfCall,
                cancellationToken
            )
        );

    protected override T RunDecision<T>(Func<StateSession, T> decide) =>
        RunDecisionAsync(decide, CancellationToken.None).GetAwaiter().GetResult();

    protected override Task<T> RunReadingAsync<T>(Func<StateSession, T> read, CancellationToken cancellationToken) =>
        AskAsync(() =>
            server.ReadAsync(transaction => read(new PostgresStateSession(transaction)), TransactionTimes.OfCall, cancellationToken)
        );

    protected override Task<long> LookAsync(CancellationToken cancellationToken) =>
        RunReadingAsync(session => session.Number("SELECT number FROM decision"), cancellationToken);

    protected override void Dispose(bool disposing) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();

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
