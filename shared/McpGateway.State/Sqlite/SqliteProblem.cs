using McpGateway.State.Database;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace McpGateway.State.Sqlite;

/// <summary>What SQLite says, in words an operator can act on.</summary>
internal static class SqliteProblem
{
    public static StateException Of(SqliteException e, string path)
    {
        var (problem, remedy) = e.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => ("cannot grow: the disk is full", "Free some space."),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => (
                "is read-only",
                "Let the service's user write the file and its folder."
            ),
            raw.SQLITE_CANTOPEN => ("cannot be opened", "Check that the service's user may read and write DATA_PATH."),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => (
                "is damaged or not a state file",
                "Stop the service and put a backup in its place, or move it away to begin without connections and tokens."
            ),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("is being written by another process", "Try again in a few seconds."),
            raw.SQLITE_IOERR => (
                "cannot be read or written",
                "Check the disk, its free space and its limits; network file systems do not work."
            ),
            _ => ("cannot be used", "The log has the details."),
        };
        return new($"The state file '{path}' {problem} (SQLite error {e.SqliteExtendedErrorCode}). {remedy}", e);
    }
}
