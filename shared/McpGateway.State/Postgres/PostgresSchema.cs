using System.Globalization;

namespace McpGateway.State.Postgres;

/// <summary>
/// The tables of one part of a gateway, in a schema of their own, and how an older one becomes a current one. Of several instances that
/// start at once one does it, by an advisory lock; the others wait for it.
/// </summary>
/// <param name="name">The name of the schema.</param>
/// <param name="migrations">Each brings it one version further. Never edited once released: a change is a new one.</param>
public sealed class PostgresSchema(string name, IReadOnlyList<string> migrations)
{
    private const long OldestServer = 130_000;

    /// <summary>What every schema has: its version, and a mark of every transaction for an hour, by which one whose commit got lost is found.</summary>
    private const string Base = """
        CREATE TABLE version (version bigint NOT NULL);
        INSERT INTO version VALUES (0);
        CREATE TABLE written (
            namespace bigint NOT NULL, at bigint NOT NULL, id text COLLATE "C" NOT NULL, stored boolean NOT NULL, PRIMARY KEY (namespace, at, id));
        """;

    public string Name => name;

    /// <summary>Whether nothing is left to do.</summary>
    /// <exception cref="DatabaseException">It is of a newer release.</exception>
    internal bool IsCurrent(PostgresTransaction transaction, string place) =>
        transaction.Read("SELECT to_regclass($1)::text", $"{name}.version")[0][0] is not null
        && VersionOf(transaction, place) == migrations.Count;

    /// <summary>Brings it to the current version, in the transaction.</summary>
    internal void Migrate(PostgresTransaction transaction, PostgresUrl url)
    {
        transaction.Run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"mcp-gateway {name}");
        Require(transaction, url);
        if (transaction.Read("SELECT to_regclass($1)::text", $"{name}.version")[0][0] is null)
        {
            if (transaction.Read("SELECT 1 FROM pg_namespace WHERE nspname = $1", name).Count == 0)
            {
                if (transaction.Read("SELECT has_database_privilege(current_database(), 'CREATE')")[0][0] is not 1L)
                {
                    throw new DatabaseException(
                        $"The user '{url.User}' may not create the schema '{name}' in the database {url.Place}: run there, as its owner, "
                            + $"CREATE SCHEMA {name} AUTHORIZATION \"{url.User}\";"
                    );
                }

                transaction.Script($"CREATE SCHEMA {name}");
            }

            transaction.Script(Base);
        }

        for (var version = VersionOf(transaction, url.Place); version < migrations.Count; version++)
        {
            transaction.Script(migrations[(int)version]);
        }

        transaction.Run("UPDATE version SET version = $1", (long)migrations.Count);
    }

    private static void Require(PostgresTransaction transaction, PostgresUrl url)
    {
        var server = transaction.Read("SELECT current_setting('server_version_num'), current_setting('server_encoding')")[0];
        if (long.Parse((string)server[0]!, CultureInfo.InvariantCulture) < OldestServer)
        {
            throw new DatabaseException($"The database {url.Place} is PostgreSQL {server[0]}: use PostgreSQL 13 or newer.");
        }

        if ((string)server[1]! != "UTF8")
        {
            throw new DatabaseException(
                $"The database {url.Place} has the encoding {server[1]}, which cannot hold every text: create it with ENCODING 'UTF8'."
            );
        }
    }

    private long VersionOf(PostgresTransaction transaction, string place)
    {
        var version = (long)transaction.Read("SELECT version FROM version")[0][0]!;
        return version <= migrations.Count
            ? version
            : throw new DatabaseException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The schema '{name}' of the database {place} has version {version}, written by a newer release; this one knows up to {migrations.Count}: "
                ) + "install the newer release here as well, or put back a backup of before."
            );
    }
}
