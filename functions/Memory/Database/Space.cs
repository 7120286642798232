namespace Memory.Database;

/// <summary>
/// One namespace of the memory, within one transaction. Every statement gets its number as ?1, and every key begins with it:
/// nothing read or written here reaches another namespace.
/// </summary>
/// <param name="now">The moment of the call, in UTC, as the memory stores moments.</param>
internal sealed class Space(Session session, long id, string now, CancellationToken cancellationToken)
{
    private readonly object id = id;

    public string Now => now;

    public CancellationToken Cancellation => cancellationToken;

    /// <summary>Runs a statement; the values are its parameters ?2 and on.</summary>
    /// <returns>The number of rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = session.ReadIn(id, sql, values);
        statement.Read();
        return session.Changes;
    }

    /// <summary>Reads rows. The statement is disposed before the same one is used again.</summary>
    public Statement Read(string sql, params ReadOnlySpan<object?> values) => session.ReadIn(id, sql, values);

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = session.ReadIn(id, sql, values);
        return statement.Read() ? statement.Value(0) : null;
    }
}
