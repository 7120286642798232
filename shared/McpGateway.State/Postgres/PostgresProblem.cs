using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>What PostgreSQL says, or that it says nothing: whether it passes by itself, and words an operator can act on.</summary>
internal static class PostgresProblem
{
    /// <summary>Whether the same may succeed in a moment. What was begun is undone in all of these cases, but for a commit.</summary>
    public static bool IsPassing(NpgsqlException e) =>
        e is not PostgresException { SqlState: var state }
            ? e.InnerException is not DatabaseException
            : state
                is PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.DeadlockDetected
                    or PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
                    or PostgresErrorCodes.CannotConnectNow
                    or PostgresErrorCodes.TooManyConnections
                    // After a failover, where the old primary lives on as a standby.
                    or PostgresErrorCodes.ReadOnlySqlTransaction
                || state.StartsWith("08", StringComparison.Ordinal);

    /// <summary>Whether nothing can be had of the database at present, rather than of one connection that it has ended.</summary>
    public static bool IsAway(NpgsqlException e, bool isConnected) =>
        e is PostgresException { SqlState: var state }
            ? state.StartsWith("08", StringComparison.Ordinal)
                || (
                    !isConnected
                    && state is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                )
            : e.InnerException is TimeoutException || (!isConnected && e.InnerException is not DatabaseException);

    /// <summary>Whether the server itself refused the statement: then its transaction is undone for certain, also when it was the commit.</summary>
    public static bool IsRefusal(NpgsqlException e) => e is PostgresException { InvariantSeverity: "ERROR" };

    public static string WordsOf(NpgsqlException e, PostgresUrl url)
    {
        if (e.InnerException is DatabaseException known)
        {
            return known.Message;
        }

        var (problem, remedy) = e is PostgresException { SqlState: var state } ? WordsOf(state, url) : Unreachable;
        var code = e is PostgresException { SqlState: var shown } ? $" (PostgreSQL error {shown})" : "";
        return $"The database {url.Place} {problem}{code}. {remedy}";
    }

    private static (string Problem, string Remedy) Unreachable { get; } =
        ("cannot be reached", "Call again in a few seconds. If this stays so, check host, port, TLS and that the server runs.");

    private static (string Problem, string Remedy) WordsOf(string state, PostgresUrl url) =>
        state switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                $"does not let in the user '{url.User}'",
                "Check user and password, and what pg_hba.conf allows."
            ),
            PostgresErrorCodes.InvalidCatalogName => ("does not exist", "Create it, or name another one."),
            PostgresErrorCodes.InsufficientPrivilege => ($"denies the user '{url.User}' what this needs", "Grant it."),
            PostgresErrorCodes.DiskFull => ("cannot grow: its disk is full", "Free some space there and call again."),
            PostgresErrorCodes.OutOfMemory => ("is out of memory", "Call again in a few seconds."),
            PostgresErrorCodes.TooManyConnections => (
                "takes no more connections",
                "Call again in a few seconds. Lower pool=… in the URL, raise max_connections, or put PgBouncer before it."
            ),
            PostgresErrorCodes.ReadOnlySqlTransaction => (
                "is a standby, or takes no writes just now",
                "Call again in a few seconds. If this stays so, name the primary, or set default_transaction_read_only to off."
            ),
            PostgresErrorCodes.QueryCanceled => ("took too long", "Ask for less at once, or call again when it has less to do."),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => (
                "is busy with another change of the same data",
                "Call again in a few seconds."
            ),
            PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => (
                "is starting or stopping",
                "Call again in a few seconds."
            ),
            PostgresErrorCodes.DuplicatePreparedStatement or PostgresErrorCodes.InvalidSqlStatementName => (
                "is behind a pooler that does not keep prepared statements",
                "Leave prepare=true out of the URL."
            ),
            _ when state.StartsWith("08", StringComparison.Ordinal) => Unreachable,
            _ => ("cannot be used", "The operator's log has the details."),
        };
}
