using Memory.Database;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Sqlite;

/// <summary>What SQLite says, in words an operator can act on.</summary>
internal static class SqliteProblem
{
    public static StoreException Of(SqliteException e, string path)
    {
        if (e.SqliteErrorCode == raw.SQLITE_NOTADB && IsJson(path))
        {
            return new StoreException(
                $"The file '{path}' is a memory.jsonl of the official server, which is not kept as a database: set MEMORY_IMPORT "
                    + "to it and MEMORY_PATH to a new file. This call stored nothing.",
                e
            );
        }

        var (problem, remedy) = e.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => ("cannot grow: the disk is full", "Free some space and call again."),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => (
                "is read-only",
                "Let this user write the file and its folder, then call again."
            ),
            raw.SQLITE_CANTOPEN => (
                "cannot be opened",
                "Check that MEMORY_PATH names a file this user may read and write, in a folder this user may write."
            ),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => (
                "is damaged or not a memory file",
                "Keep it. 'Memory export' saves what can be read of it; put a backup in its place, or set MEMORY_PATH to a new "
                    + "file and MEMORY_IMPORT to the export. Nothing was changed in it."
            ),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("is being written by another process", "Call again in a few seconds."),
            raw.SQLITE_IOERR => (
                "cannot be read or written",
                "Check the disk, its free space and its limits (network file systems do not work), then call again."
            ),
            raw.SQLITE_TOOBIG => ("cannot hold a text this large", "Send less at once."),
            _ => ("cannot be used", "The operator's log has the details."),
        };
        return new StoreException(
            $"The memory file '{path}' {problem} (SQLite error {e.SqliteExtendedErrorCode}). {remedy} This call stored nothing.",
            e
        );
    }

    private static bool IsJson(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return file.ReadByte() is '{' or '[';
    }
}
