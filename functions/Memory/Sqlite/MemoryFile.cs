using McpGateway;
using McpGateway.Secrets;

namespace Memory.Sqlite;

/// <summary>The file of the database, and those that SQLite has beside it.</summary>
internal sealed class MemoryFile(string path)
{
    /// <summary>What some small calls and their -wal file take.</summary>
    private const long LeastFreeBytes = 2_000_000;

    public string Path => path;

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>
    /// Whether the -wal file beside the database is the one this process has open, now that the database was replaced. It
    /// belongs to the old database then, and would destroy the new one.
    /// </summary>
    public bool HasStaleLog =>
        File.Exists(LogPath)
        && !OpenFiles().Any(f => f.EndsWith($"/{System.IO.Path.GetFileName(LogPath)} (deleted)", StringComparison.Ordinal));

    /// <summary>Puts the -wal file aside, once no connection of this process has it open.</summary>
    public void SetLogAside()
    {
        File.Move(LogPath, LogPath + ".replaced", overwrite: true);
        File.Delete(Path + "-shm");
    }

    /// <summary>Says when the disk has no room for a few more calls, or null.</summary>
    public string? FindLackOfSpace()
    {
        try
        {
            var free = new DriveInfo(Folder).AvailableFreeSpace;
            return free >= LeastFreeBytes
                ? null
                : $"The disk of the memory file '{Path}' has {free / 1024} kB left: free some space, or writes will fail.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // A file system that cannot tell.
        }
    }

    /// <summary>Makes sure that the folder is there and can be written to.</summary>
    /// <exception cref="SettingException">It is not and cannot.</exception>
    public void PrepareFolder()
    {
        try
        {
            PrivateFolder.Create(Folder);
            var probe = System.IO.Path.Combine(Folder, $".probe-{Guid.NewGuid():N}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SettingException(
                $"the folder '{Folder}' of the memory file cannot be used ({e.Message}): set DATA_PATH, or MEMORY_PATH, to where this user may read and write.",
                e
            );
        }
    }

    /// <summary>Keeps the file from others on the machine, a new one as well.</summary>
    public void KeepPrivate()
    {
        try
        {
            PrivateFolder.KeepDatabase(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's file may be used all the same; what stands in the way, SQLite says when it opens it.
        }
    }

    private string LogPath => Path + "-wal";

    /// <summary>Where the files lead that this process has open; nothing where the system does not tell.</summary>
    private static IEnumerable<string> OpenFiles() =>
        Directory.Exists("/proc/self/fd")
            ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(fd => new FileInfo(fd).LinkTarget ?? "")
            : [];
}
