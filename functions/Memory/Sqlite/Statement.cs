using System.Buffers;
using System.Text;
using Memory.Database;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Sqlite;

/// <summary>
/// A prepared statement with its rows, spoken to in SQLite's own interface: a command of ADO.NET costs several times what
/// SQLite does for one row, and a large call runs half a million. Disposing ends the reading; it stays prepared.
/// </summary>
internal sealed class Statement(sqlite3 connection, sqlite3_stmt handle) : IRows
{
    /// <summary>From this length on a value is not kept until the next time.</summary>
    private const int Large = 4_096;

    /// <summary>What a parameter has that could not be given a value.</summary>
    private static readonly object Unknown = new();

    /// <summary>What the parameters have, by their numbers; nothing at first. Rows of one call share most of it.</summary>
    private readonly object?[] bound = new object?[1 + raw.sqlite3_bind_parameter_count(handle)];
    private long? boundSpace;
    private bool holdsLarge;

    /// <summary>Characters of texts for which there is room on the stack.</summary>
    private const int ShortText = 170;

    /// <summary>Compiles a constant text.</summary>
    /// <exception cref="SqliteException">It is not SQL, or the file cannot be used.</exception>
    public static Statement Prepare(sqlite3 connection, string sql)
    {
        var result = raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        SqliteException.ThrowExceptionForRC(result, connection);
        return new Statement(connection, handle);
    }

    /// <summary>Gives the parameters their values: long, string, byte[] or null. Those of the last time stay until then.</summary>
    /// <param name="space">The number of a namespace, which is the first; null where there is none.</param>
    public void Bind(object? space, ReadOnlySpan<object?> values)
    {
        var first = space is null ? 1 : 2;
        if (space is long number && number != boundSpace)
        {
            Check(raw.sqlite3_bind_int64(handle, 1, number));
            boundSpace = number;
        }

        Bind(first, values);
    }

    private void Bind(int first, ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (IsBound(first + i, values[i]))
            {
                continue;
            }

            bound[first + i] = Unknown;
            Check(
                values[i] switch
                {
                    null => raw.sqlite3_bind_null(handle, first + i),
                    long number => raw.sqlite3_bind_int64(handle, first + i, number),
                    string text => Bind(first + i, text),
                    byte[] bytes => Bind(first + i, bytes),
                    var other => throw new ArgumentException($"A {other.GetType()} is nothing this schema holds."),
                }
            );
            bound[first + i] = values[i];
        }
    }

    /// <summary>Whether a parameter has this very value already. Bytes may have changed.</summary>
    private bool IsBound(int parameter, object? value) =>
        value switch
        {
            long number => bound[parameter] is long known && known == number,
            byte[] => false,
            _ => ReferenceEquals(bound[parameter], value),
        };

    public bool Read()
    {
        var result = raw.sqlite3_step(handle);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(result);
        }

        return result == raw.SQLITE_ROW;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>SQLite's own memory.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public object? Value(int column) =>
        raw.sqlite3_column_type(handle, column) switch
        {
            raw.SQLITE_NULL => null,
            raw.SQLITE_INTEGER => Number(column),
            raw.SQLITE_TEXT => Text(column),
            _ => Bytes(column).ToArray(),
        };

    public void Dispose()
    {
        // What went wrong was said by Read: SQLite only repeats it here.
        _ = raw.sqlite3_reset(handle);
        if (holdsLarge)
        {
            Check(raw.sqlite3_clear_bindings(handle));
            Array.Clear(bound);
            (holdsLarge, boundSpace) = (false, null);
        }
    }

    public void Close() => handle.Dispose();

    private int Bind(int parameter, byte[] bytes)
    {
        holdsLarge |= bytes.Length >= Large;
        return raw.sqlite3_bind_blob(handle, parameter, bytes);
    }

    private int Bind(int parameter, string text)
    {
        holdsLarge |= text.Length >= Large;
        if (text.Length == 0)
        {
            return raw.sqlite3_bind_text(handle, parameter, text); // An empty span would be NULL.
        }

        if (text.Length <= ShortText)
        {
            Span<byte> room = stackalloc byte[3 * ShortText];
            return raw.sqlite3_bind_text(handle, parameter, room[..Encoding.UTF8.GetBytes(text, room)]);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return raw.sqlite3_bind_text(handle, parameter, buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, connection);
}
