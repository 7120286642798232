using Npgsql;

namespace McpGateway.State.Postgres;

/// <summary>Sees to it that the schema is this release's before anything uses it. Of several that come first, the database lets one migrate it.</summary>
internal sealed class PostgresMigration(PostgresSchema schema, PostgresUrl url)
{
    private volatile bool isDone;

    /// <summary>Runs work on a connection whose schema is current.</summary>
    public T Run<T>(NpgsqlConnection connection, Func<NpgsqlConnection, T> work)
    {
        isDone = isDone || IsCurrent(connection) || Migrate(connection);
        try
        {
            return work(connection);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Another database is in its place.
            isDone = false;
            throw;
        }
    }

    private bool IsCurrent(NpgsqlConnection connection) =>
        PostgresTransaction.Within(
            connection,
            PostgresTransaction.Reading,
            schema.Name,
            TransactionTimes.OfCall,
            transaction =>
            {
                var isCurrent = schema.IsCurrent(transaction, url.Place);
                transaction.Commit();
                return isCurrent;
            }
        );

    private bool Migrate(NpgsqlConnection connection) =>
        PostgresTransaction.Within(
            connection,
            PostgresTransaction.Writing,
            schema.Name,
            TransactionTimes.OfLongWork,
            transaction =>
            {
                schema.Migrate(transaction, url);
                transaction.Commit();
                return true;
            }
        );
}
