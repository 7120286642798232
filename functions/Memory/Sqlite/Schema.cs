using Memory.Database;

namespace Memory.Sqlite;

/// <summary>How an older file becomes a current one (<see cref="Migrations"/>). <c>user_version</c> counts the migrations it has seen.</summary>
internal static class Schema
{
    /// <summary>Marks the file as ours: "MemG".</summary>
    private const long ApplicationId = 0x4D656D47;

    /// <summary>Whether a file is of the current version, which reading alone tells.</summary>
    /// <exception cref="StoreException">The file is newer than this program, or another program's.</exception>
    public static bool IsCurrent(Session session, string path) => Check(session, path) == Migrations.All.Length;

    /// <summary>Brings the file to the current version, in one transaction; what it was before stays beside it (<see cref="CopyOf"/>).</summary>
    /// <exception cref="StoreException">The file is newer than this program, or another program's.</exception>
    public static void Migrate(Session session, string path)
    {
        if (Check(session, path) == Migrations.All.Length)
        {
            return;
        }

        session.Execute("BEGIN IMMEDIATE");
        try
        {
            // Again, now that no other process can be doing the same.
            var version = Check(session, path);
            if (version is > 0 && version < Migrations.All.Length)
            {
                Keep(path, version);
            }

            for (; version < Migrations.All.Length; version++)
            {
                session.Execute(Migrations.All[version]);
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

    /// <summary>A write like that of a small call, which leaves nothing behind: tells whether the file can be written.</summary>
    public static bool WriteProbe(Session session)
    {
        session.Execute("CREATE TABLE probe (room BLOB)");
        session.Execute("INSERT INTO probe VALUES (randomblob(100000))");
        session.Execute("DROP TABLE probe");
        WriteVersion(session);
        return true;
    }

    private static void Keep(string path, int version)
    {
        var copy = CopyOf(path, version);
        try
        {
            // By a connection of its own: the other is in the middle of a transaction.
            using var session = new Session(path, readOnly: false);
            session.CopyTo(copy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The memory file '{path}' is of an older release, and cannot be copied to '{copy}' before it is changed "
                    + $"({e.Message.TrimEnd('.')}): let this user write there. Nothing was changed in it.",
                e
            );
        }
    }

    /// <summary>Where a file of an older version is kept when it is brought to a newer one: the way back to the older release.</summary>
    private static string CopyOf(string path, int version) => $"{path}.version-{version}";

    private static void WriteVersion(Session session) => session.Execute($"PRAGMA user_version={Migrations.All.Length}");

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

        return version <= Migrations.All.Length
            ? (int)version
            : throw new StoreException(
                $"The memory file '{path}' has version {version}, written by a newer release; this one knows up to "
                    + $"{Migrations.All.Length}: install the newer release again"
                    + (
                        File.Exists(CopyOf(path, Migrations.All.Length))
                            ? $", or put back what was there before it: '{CopyOf(path, Migrations.All.Length)}' in place of the "
                                + "file, without what was stored since."
                            : ", or put back a backup of before, or set MEMORY_PATH to another file."
                    )
            );
    }
}
