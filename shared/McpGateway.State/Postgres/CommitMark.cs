namespace McpGateway.State.Postgres;

/// <summary>A row that a transaction leaves, which is there if and only if it was committed.</summary>
internal sealed record CommitMark(long Namespace, long At, string Id)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>Sets a new one, and takes away those that nobody looks for any more.</summary>
    public static CommitMark Set(PostgresTransaction transaction, DateTimeOffset now)
    {
        var mark = new CommitMark(transaction.Owner, now.ToUnixTimeMilliseconds(), Guid.NewGuid().ToString("N"));
        transaction.Run("INSERT INTO written (namespace, at, id, stored) VALUES ($1, $2, $3, true)", mark.Namespace, mark.At, mark.Id);
        transaction.Run("DELETE FROM written WHERE namespace = $1 AND at < $2", mark.Namespace, mark.At - (long)Life.TotalMilliseconds);
        return mark;
    }

    /// <summary>Sets it in the place of its transaction, which cannot be committed then.</summary>
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
        return transaction.Read("SELECT stored FROM written WHERE namespace = $1 AND at = $2 AND id = $3", Namespace, At, Id)[0][0] is 1L;
    }
}
