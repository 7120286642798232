namespace McpGateway.State.Postgres;

/// <summary>How long PostgreSQL bears with a transaction; zero is for ever.</summary>
/// <param name="Idle">Between two statements: a process that hangs must not hold its locks.</param>
public sealed record TransactionTimes(TimeSpan Statement, TimeSpan Lock, TimeSpan Idle)
{
    /// <summary>For calls, whose clients wait about a minute.</summary>
    public static TransactionTimes OfCall { get; } = new(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

    /// <summary>For what an operator starts, and migrations.</summary>
    public static TransactionTimes OfLongWork { get; } = new(TimeSpan.Zero, TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10));

    /// <summary>
    /// How long this side waits for an answer. The server keeps to its times before; PgBouncer, which holds statements back while it reaches no
    /// server, has none of these.
    /// </summary>
    public TimeSpan Answer => Statement == TimeSpan.Zero ? TimeSpan.Zero : Statement + Slack;

    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);
}
