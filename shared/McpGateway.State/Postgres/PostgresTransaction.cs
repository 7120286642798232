using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace McpGateway.State.Postgres;

/// <summary>
/// One transaction, used by one call at a time. What is written waits until something is read or the end, and then goes over together with
/// it: a call pays for round trips, not for statements. Everything set for it ends with it, so that PgBouncer may give the connection to
/// another then.
/// </summary>
public sealed class PostgresTransaction
{
    /// <summary>How a transaction begins that sees one state of the database and changes nothing.</summary>
    internal const string Reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /// <summary>How one begins whose statements each see what others have committed.</summary>
    internal const string Writing = "BEGIN ISOLATION LEVEL READ COMMITTED";

    private const int MostWaiting = 200;
    private const int FirstFetch = 200;
    private const int NextFetch = 2_000;

    // Where statements are prepared, "FETCH 200 FROM c7" is known by its text: it must always have the same columns.
    private static readonly ConcurrentDictionary<string, int> Cursors = new(StringComparer.Ordinal);
    private static int lastCursor;

    private readonly NpgsqlConnection connection;
    private readonly int seconds;
    private readonly List<NpgsqlBatchCommand> waiting = [];

    private PostgresTransaction(NpgsqlConnection connection, string begin, string schema, TransactionTimes times)
    {
        this.connection = connection;
        seconds = (int)times.Answer.TotalSeconds;
        Run(begin);
        Run(
            "SELECT set_config('search_path', $1, true), set_config('statement_timeout', $2, true), set_config('lock_timeout', $3, true), "
                + "set_config('idle_in_transaction_session_timeout', $4, true)",
            schema,
            Milliseconds(times.Statement),
            Milliseconds(times.Lock),
            Milliseconds(times.Idle)
        );
    }

    /// <summary>The part of the database that changes, in which the mark of the transaction is put: see <see cref="PostgresServer"/>.</summary>
    public long Owner { get; set; }

    /// <summary>Runs work that ends with <see cref="Commit"/>; where it fails, the transaction is undone.</summary>
    /// <param name="begin"><see cref="Reading"/> or <see cref="Writing"/>.</param>
    internal static T Within<T>(
        NpgsqlConnection connection,
        string begin,
        string schema,
        TransactionTimes times,
        Func<PostgresTransaction, T> work
    )
    {
        var transaction = new PostgresTransaction(connection, begin, schema, times);
        var isWhole = false;
        try
        {
            var result = work(transaction);
            isWhole = true;
            return result;
        }
        finally
        {
            if (!isWhole)
            {
                transaction.Rollback();
            }
        }
    }

    /// <summary>
    /// Changes rows, with the parameters <c>$1</c> and on: long, double, string, byte[], long[], string[] or null. It is sent with the next reading.
    /// </summary>
    public void Run(string sql, params ReadOnlySpan<object?> values)
    {
        waiting.Add(Command(sql, values));
        if (waiting.Count >= MostWaiting)
        {
            Send();
        }
    }

    /// <summary>Every row that a statement reads: long, string, byte[] or null.</summary>
    public List<object?[]> Read(string sql, params ReadOnlySpan<object?> values)
    {
        waiting.Add(Command(sql, values));
        return Send()[^1];
    }

    /// <summary>Changes rows at once, together with what waits.</summary>
    /// <returns>The number of rows changed.</returns>
    public int Change(string sql, params ReadOnlySpan<object?> values)
    {
        waiting.Add(Command(sql, values));
        using var batch = TakeWaiting();
        batch.ExecuteNonQuery();
        return (int)batch.BatchCommands[^1].RecordsAffected;
    }

    /// <summary>Every row that a statement reads, as <paramref name="read"/> reads it.</summary>
    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        // On its own: which of several results is the statement's cannot be told while they arrive.
        Send();
        waiting.Add(Command(sql, values));
        using var batch = TakeWaiting();
        using var reader = batch.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The rows that a statement reads, fetched piece by piece as they are asked for, and before the same is read again.</summary>
    public IEnumerable<object?[]> Stream(string sql, object?[] values)
    {
        var cursor = $"c{Cursors.GetOrAdd(sql, static _ => Interlocked.Increment(ref lastCursor))}";
        Run($"DECLARE {cursor} NO SCROLL CURSOR FOR {sql}", values);
        try
        {
            for (var size = FirstFetch; ; size = NextFetch)
            {
                var rows = Read($"FETCH {size} FROM {cursor}");
                foreach (var row in rows)
                {
                    yield return row;
                }

                if (rows.Count < size)
                {
                    break;
                }
            }
        }
        finally
        {
            waiting.Add(Command($"CLOSE {cursor}", []));
        }
    }

    /// <summary>Runs a constant text of several statements.</summary>
    internal void Script(string sql)
    {
        Send();
#pragma warning disable CA2100 // Every text is a constant.
        using var script = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        script.ExecuteNonQuery();
    }

    internal void Commit()
    {
        waiting.Add(Command("COMMIT", []));
        Send();
    }

    private void Rollback()
    {
        waiting.Clear();
        if (connection.State != ConnectionState.Open)
        {
            return;
        }

        try
        {
            using var rollback = new NpgsqlCommand("ROLLBACK", connection);
            rollback.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            // The connection is gone: the server undoes what it had begun, and what went wrong before is what counts.
        }
    }

    private List<List<object?[]>> Send()
    {
        if (waiting.Count == 0)
        {
            return [];
        }

        using var batch = TakeWaiting();
        using var reader = batch.ExecuteReader();
        var results = new List<List<object?[]>>();
        do
        {
            var rows = new List<object?[]>();
            while (reader.Read())
            {
                rows.Add(RowOf(reader));
            }

            results.Add(rows);
        } while (reader.NextResult());
        return results;
    }

    private NpgsqlBatch TakeWaiting()
    {
        var batch = new NpgsqlBatch(connection) { Timeout = seconds };
        foreach (var command in waiting)
        {
            batch.BatchCommands.Add(command);
        }

        waiting.Clear();
        return batch;
    }

    private static object?[] RowOf(NpgsqlDataReader reader)
    {
        var row = new object?[reader.FieldCount];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = reader.GetValue(i) switch
            {
                DBNull => null,
                int number => (long)number,
                bool truth => truth ? 1L : 0L,
                var value => value,
            };
        }

        return row;
    }

    private static NpgsqlBatchCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(
                value switch
                {
                    null => new NpgsqlParameter { Value = DBNull.Value },
                    long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
                    double number => new NpgsqlParameter<double> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Double },
                    string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
                    long[] numbers => new NpgsqlParameter<long[]>
                    {
                        TypedValue = numbers,
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
                    },
                    string[] texts => new NpgsqlParameter<string[]>
                    {
                        TypedValue = texts,
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
                    },
                    byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
                    _ => throw new ArgumentException($"A {value.GetType()} is nothing a statement takes."),
                }
            );
        }

        return command;
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
