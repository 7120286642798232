namespace McpGateway.State.Sqlite;

/// <summary>
/// Whether other processes use the same folder. Each holds a file of its own there open, which no other can open meanwhile; the system lets go of it however
/// the process ends.
/// </summary>
internal sealed class Companions(string folder, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Lock looking = new();
    private readonly string name = $"process-{Guid.NewGuid():N}.lock";
    private FileStream? held;
    private long looked;
    private bool found;

    /// <summary>Looked for once a second at most.</summary>
    public bool Exist
    {
        get
        {
            lock (looking)
            {
                if (held is null || time.GetElapsedTime(looked) >= LookInterval)
                {
                    found = Look();
                    looked = time.GetTimestamp();
                }

                return found;
            }
        }
    }

    public void Dispose()
    {
        if (held is { } file)
        {
            File.Delete(file.Name);
            file.Dispose();
        }
    }

    private bool Look()
    {
        try
        {
            held ??= Open(Path.Combine(PrivateFolder.Create(folder), name), FileMode.CreateNew);
            return Directory.EnumerateFiles(folder, "process-*.lock").Any(path => Path.GetFileName(path) != name && IsHeld(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be written, nothing is shared.
            return false;
        }
    }

    private static bool IsHeld(string path)
    {
        try
        {
            using (Open(path, FileMode.OpenOrCreate))
            {
                // Of a process that was killed.
                File.Delete(path);
            }

            return false;
        }
        catch (IOException)
        {
            return File.Exists(path);
        }
    }

    private static FileStream Open(string path, FileMode mode) =>
        PrivateFolder.OpenFile(
            path,
            new()
            {
                Mode = mode,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            }
        );
}
