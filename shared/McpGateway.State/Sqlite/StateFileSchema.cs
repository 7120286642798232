using System.Globalization;
using McpGateway.State.Database;

namespace McpGateway.State.Sqlite;

/// <summary>The tables, and how an older file becomes a current one. <c>user_version</c> counts the migrations it has seen.</summary>
internal static class StateFileSchema
{
    // Marks the file as ours: "McpS".
    private const long ApplicationId = 0x4D637053;

    /// <summary>Each brings a file one version further. Never edited once released: a change is a new one. Times are Unix milliseconds.</summary>
    private static readonly string[] Migrations =
    [
        """
            -- What files of older releases were taken over: never twice, or what has ended since would come alive again.
            CREATE TABLE takeover (what TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

            -- Connections, one each; the content is the authorization server's.
            CREATE TABLE grants (id TEXT PRIMARY KEY, content TEXT NOT NULL, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;

            -- The key ring: keys are only ever added.
            CREATE TABLE keys (name TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID;

            -- What works once and has been used.
            CREATE TABLE spent (id TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;

            -- Written to see whether the disk takes something.
            CREATE TABLE probe (id INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
            """,
        """
            -- Tokens made at run time: the SHA-256 of each, never the token. One that has ended keeps its row and its name.
            CREATE TABLE tokens (
                name TEXT PRIMARY KEY,
                digest TEXT NOT NULL UNIQUE,
                rights TEXT NOT NULL,
                created INTEGER NOT NULL,
                used INTEGER,
                ended INTEGER) STRICT, WITHOUT ROWID;
            """,
        """
            -- Calls that wait for the operator's yes (1) or no (0), one row each: call is a digest of who would do what.
            CREATE TABLE approvals (
                call TEXT PRIMARY KEY,
                caller TEXT NOT NULL,
                tool TEXT NOT NULL,
                title TEXT NOT NULL,
                meaning TEXT NOT NULL,
                arguments TEXT NOT NULL,
                asked INTEGER NOT NULL,
                until INTEGER NOT NULL,
                answer INTEGER
            ) STRICT, WITHOUT ROWID;
            """,
        """
            -- What was used up: by whom (* for all together), of what (calls/day), since when (the day). One period each.
            CREATE TABLE usage (
                owner TEXT NOT NULL,
                what TEXT NOT NULL,
                period TEXT NOT NULL,
                used INTEGER NOT NULL,
                PRIMARY KEY (owner, what)) STRICT, WITHOUT ROWID;
            """,
        """
            -- Calls with an id of their caller's, so that none is acted on twice within a day.
            CREATE TABLE kept_calls (
                caller TEXT NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL, tool TEXT NOT NULL, started INTEGER NOT NULL, outcome TEXT,
                PRIMARY KEY (caller, id)
            ) STRICT, WITHOUT ROWID;
            """,
        """
            -- What people call the things that the arguments of a waiting call stand for: {argument: words}.
            ALTER TABLE approvals ADD COLUMN names TEXT NOT NULL DEFAULT '{}';
            """,
        """
            -- Requests to an API, by what its limit counts and by the segment of time they were leased for.
            CREATE TABLE permits (
                bucket TEXT NOT NULL, segment INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (bucket, segment)
            ) STRICT, WITHOUT ROWID;

            -- Limits that an API says are used up, and when they begin anew.
            CREATE TABLE gates (bucket TEXT PRIMARY KEY, opens INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            """,
        """
            -- One row: how often the tokens have changed, whoever changed them. That one was used is not a change.
            CREATE TABLE token_changes (number INTEGER NOT NULL) STRICT;
            INSERT INTO token_changes VALUES (0);
            CREATE TRIGGER token_made AFTER INSERT ON tokens BEGIN UPDATE token_changes SET number = number + 1; END;
            CREATE TRIGGER token_removed AFTER DELETE ON tokens BEGIN UPDATE token_changes SET number = number + 1; END;
            CREATE TRIGGER token_changed AFTER UPDATE OF digest, rights, ended ON tokens
                BEGIN UPDATE token_changes SET number = number + 1; END;
            """,
    ];

    /// <summary>Brings the file to the current version, in one transaction.</summary>
    /// <exception cref="StateException">It is another program's, or of a newer release.</exception>
    public static void Migrate(SqliteSession session, string path) =>
        session.InTransaction(
            "BEGIN IMMEDIATE",
            _ =>
            {
                var owner = session.Number("PRAGMA application_id");
                var version = session.Number("PRAGMA user_version");
                if (owner is not (0 or ApplicationId) || (owner == 0 && session.Number("SELECT count(*) FROM sqlite_schema") > 0))
                {
                    throw new StateException($"The file '{path}' is not a gateway's state: move it away.");
                }

                if (version > Migrations.Length)
                {
                    throw new StateException(
                        $"The state file '{path}' was written by a newer release of the gateway: run that one, or put a backup in its place."
                    );
                }

                for (var next = (int)version; next < Migrations.Length; next++)
                {
                    session.Execute(Migrations[next]);
                }

                if (version < Migrations.Length)
                {
                    session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id={ApplicationId}"));
                    session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={Migrations.Length}"));
                }

                return true;
            }
        );
}
