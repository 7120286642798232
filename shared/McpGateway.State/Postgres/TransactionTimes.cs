namespace McpGateway.State.Postgres;

/// <summary>How long PostgreSQL bears with a transaction; zero is for ever.</summary>
/// <param name="Idle">Between two statements: a process that hangs must not hold its locks.</param>
public sealed record TransactionTimes(TimeSpan Statement, TimeSpan Lock, TimeSpan Idle)
{
    /// <summary>For calls, whose clients wait about a minute.</summary>
    public static TransactionTimes OfCall { get; } = new(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

    /// <summary>For what an operator starts, and migrations.</summary>
    public static TransactionTimes OfLongWork { get; } = new(TimeSpan.Zero, TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10));
}
