namespace Memory.Database;

/// <summary>
/// One namespace of the memory, within one transaction. Every statement gets its number as ?1, and every key begins with it:
/// nothing read or written here reaches another namespace.
/// </summary>
/// <param name="now">The moment of the call, in UTC, as the memory stores moments.</param>
internal sealed class Space(ISession session, long id, string now, CancellationToken cancellationToken)
{
    private readonly object id = id;

    public string Now => now;

    public CancellationToken Cancellation => cancellationToken;

    /// <summary>Runs a statement; the values are its parameters ?2 and on.</summary>
    public void Run(string sql, params ReadOnlySpan<object?> values) => session.Run(id, sql, values);

    /// <summary>Reads rows. They are disposed before the same statement is used again.</summary>
    public IRows Read(string sql, params ReadOnlySpan<object?> values) => session.Read(id, sql, values);

    /// <summary>Reads the rows of one statement for each of several sets of values, which are its parameters ?2 and on. Each is read before the next.</summary>
    public IEnumerable<IRows> ReadEach(string sql, IEnumerable<object?[]> sets) => session.ReadEach(id, sql, sets);

    /// <summary>Reads rows of which there may be very many, or of which the first may be enough.</summary>
    public IRows Stream(string sql, params ReadOnlySpan<object?> values) => session.Stream(id, sql, values);

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = session.Read(id, sql, values);
        return rows.Read() ? rows.Value(0) : null;
    }
}
