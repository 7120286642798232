using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace McpGateway.State.Sqlite;

/// <summary>
/// A statement without rows, prepared once and run many times. An <see cref="SqliteCommand"/> makes a reader and several objects at each run,
/// which costs as much as what SQLite does, and each call leaves a row.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly int[] places;

    /// <param name="sql">One statement, with the parameters <c>$1</c> and on.</param>
    /// <exception cref="SqliteException">It cannot be prepared.</exception>
    public SqliteStatement(sqlite3 database, string sql, int parameters)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        // Numbered by SQLite in the order in which they first stand in the text.
        places =
        [
            .. Enumerable
                .Range(1, parameters)
                .Select(i => raw.sqlite3_bind_parameter_index(statement, string.Create(CultureInfo.InvariantCulture, $"${i}"))),
        ];
    }

    /// <returns>The number of rows changed.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Run(ReadOnlySpan<object?> values)
    {
        try
        {
            for (var i = 0; i < places.Length; i++)
            {
                Check(Bind(places[i], values[i]));
            }

            Check(raw.sqlite3_step(statement));
            return raw.sqlite3_changes(database);
        }
        finally
        {
            // Its code is that of the failed step, which has been told.
            _ = raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private int Bind(int place, object? value) =>
        value switch
        {
            null => raw.sqlite3_bind_null(statement, place),
            long number => raw.sqlite3_bind_int64(statement, place, number),
            int number => raw.sqlite3_bind_int64(statement, place, number),
            double number => raw.sqlite3_bind_double(statement, place, number),
            string text => raw.sqlite3_bind_text(statement, place, text),
            byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
            _ => throw new ArgumentException($"SQLite does not take a {value.GetType().Name}.", nameof(value)),
        };

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, database);
}
