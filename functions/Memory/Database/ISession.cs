namespace Memory.Database;

/// <summary>
/// One connection within one transaction, used by one call at a time. The SQL is what SQLite and PostgreSQL both read, but for parameters:
/// those are ?1, ?2 and on.
/// </summary>
internal interface ISession
{
    /// <summary>Reads rows. A statement's rows are disposed before the same one is used again.</summary>
    /// <param name="space">The number of a namespace, which becomes ?1 and moves the values on; null for a statement of none.</param>
    /// <param name="values">long, string, byte[] or null.</param>
    IRows Read(object? space, string sql, ReadOnlySpan<object?> values);

    /// <summary>Reads the rows of one statement for each of several sets of values, as they are asked for; few round trips where each costs.</summary>
    IEnumerable<IRows> ReadEach(object? space, string sql, IEnumerable<object?[]> sets);

    /// <summary>Reads rows of which there may be very many, or of which the first may be enough.</summary>
    /// <inheritdoc cref="Read"/>
    IRows Stream(object? space, string sql, ReadOnlySpan<object?> values);

    /// <summary>Changes rows, at the latest before the next reading.</summary>
    /// <inheritdoc cref="Read"/>
    void Run(object? space, string sql, ReadOnlySpan<object?> values);

    /// <summary>The number of a namespace, which nobody else changes until the transaction ends; null where it is not there.</summary>
    long? Lock(string name);
}

/// <summary>Statements that are not about one namespace.</summary>
internal static class SessionExtensions
{
    public static IRows Read(this ISession session, string sql, params ReadOnlySpan<object?> values) => session.Read(null, sql, values);

    public static void Run(this ISession session, string sql, params ReadOnlySpan<object?> values) => session.Run(null, sql, values);

    /// <summary>The first column of the first row, or null.</summary>
    public static object? Scalar(this ISession session, string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = session.Read(null, sql, values);
        return rows.Read() ? rows.Value(0) : null;
    }
}
