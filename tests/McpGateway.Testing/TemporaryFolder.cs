using System.Collections.Concurrent;

namespace McpGateway.Testing;

/// <summary>A folder of the spec's own, gone with it whatever happens.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ConcurrentDictionary<string, DirectoryInfo> All = DeletedAtTheEnd();

    private readonly DirectoryInfo folder = Create("gateway-spec-");

    public string Path => folder.FullName;

    /// <summary>A folder for whoever deletes it by itself. Where that fails, or is never come to, it goes when the program ends.</summary>
    public static DirectoryInfo Create(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix);
        All[folder.FullName] = folder;
        return folder;
    }

    /// <summary>Deletes a folder with all that is in it.</summary>
    public static void Delete(string path)
    {
        // A process that has just been killed may have children that are still tidying up there.
        for (var end = DateTime.UtcNow + Patience; ; Thread.Sleep(20))
        {
            try
            {
                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                }

                All.TryRemove(path, out _);
                return;
            }
            catch (IOException) when (DateTime.UtcNow < end) { }
        }
    }

    /// <summary>The path of a file or folder in it.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Delete(Path);

    private static ConcurrentDictionary<string, DirectoryInfo> DeletedAtTheEnd()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (var folder in All.Values)
            {
                try
                {
                    folder.Delete(recursive: true);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // Gone before, or somebody's that this program may not touch.
                }
            }
        };
        return new();
    }
}
