namespace Memory.Storage;

/// <summary>The tables, and how an older file becomes a current one. <c>user_version</c> counts the migrations it has seen.</summary>
internal static class Schema
{
    /// <summary>Marks the file as ours: "MemG".</summary>
    private const long ApplicationId = 0x4D656D47;

    /// <summary>Each brings a file one version further. Never edited once released: a change is a new one.</summary>
    private static readonly string[] Migrations =
    [
        """
            CREATE TABLE entity (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL UNIQUE,
                type TEXT NOT NULL,
                created TEXT NOT NULL,
                updated TEXT NOT NULL) STRICT;

            -- The id holds the entity's (see TextId): an entity's observations lie side by side, in their order.
            CREATE TABLE observation (
                id INTEGER PRIMARY KEY,
                text TEXT NOT NULL,
                created TEXT NOT NULL) STRICT;

            -- By name, not by id: a dangling relation, where allowed, has no entity yet.
            CREATE TABLE relation (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                source TEXT NOT NULL,
                target TEXT NOT NULL,
                type TEXT NOT NULL,
                created TEXT NOT NULL,
                UNIQUE (source, target, type)) STRICT;
            CREATE INDEX relation_target ON relation (target);

            -- Every change: what was there before and after it, as JSON.
            CREATE TABLE log (
                seq INTEGER PRIMARY KEY AUTOINCREMENT,
                at TEXT NOT NULL,
                by TEXT NOT NULL,
                operation TEXT NOT NULL,
                subject TEXT NOT NULL,
                before TEXT,
                after TEXT) STRICT;

            CREATE TABLE import (
                content TEXT PRIMARY KEY,
                path TEXT NOT NULL,
                at TEXT NOT NULL,
                report TEXT NOT NULL) STRICT;

            -- The search's own copies: one document for each name, type and observation under its TextId, one for each entity's name and type.
            CREATE VIRTUAL TABLE word USING fts5(text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
            CREATE VIRTUAL TABLE trigram USING fts5(text, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1');
            -- Collect more before a piece of the index is written: less merging when much comes at once.
            INSERT INTO word (word, rank) VALUES ('hashsize', 8388608);
            INSERT INTO trigram (trigram, rank) VALUES ('hashsize', 4194304);
            CREATE TABLE folded (bucket INTEGER PRIMARY KEY, texts BLOB NOT NULL) STRICT;
            """,
    ];

    /// <summary>Brings the file to the current version, in one transaction.</summary>
    /// <exception cref="StoreException">The file is newer than this program, or another program's.</exception>
    public static void Migrate(Session session, string path)
    {
        if (Check(session, path) == Migrations.Length)
        {
            return;
        }

        session.Execute("BEGIN IMMEDIATE");
        try
        {
            // Again, now that no other process can be doing the same.
            for (var version = Check(session, path); version < Migrations.Length; version++)
            {
                session.Execute(Migrations[version]);
            }

            session.Execute($"PRAGMA application_id={ApplicationId}");
            WriteVersion(session);
            session.Execute("COMMIT");
        }
        finally
        {
            session.Rollback();
        }
    }

    /// <summary>The smallest write there is: tells whether the file can be written, and changes nothing in a current one.</summary>
    public static void WriteVersion(Session session) => session.Execute($"PRAGMA user_version={Migrations.Length}");

    private static int Check(Session session, string path)
    {
        var version = (long)session.Scalar("PRAGMA user_version")!;
        if (
            (long)session.Scalar("PRAGMA application_id")! != ApplicationId
            && (version != 0 || session.Scalar("SELECT name FROM sqlite_master LIMIT 1") is not null)
        )
        {
            throw new StoreException($"The file '{path}' is another program's database: set MEMORY_PATH to a file of its own.");
        }

        return version <= Migrations.Length
            ? (int)version
            : throw new StoreException(
                $"The memory file '{path}' has version {version}, written by a newer release; this one knows up to {Migrations.Length}: install the newer release, or set MEMORY_PATH to another file."
            );
    }
}
