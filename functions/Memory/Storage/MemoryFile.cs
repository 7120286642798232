using McpGateway;
using McpGateway.Secrets;
using Microsoft.Extensions.Options;

namespace Memory.Storage;

/// <summary>Where the database is: <c>MEMORY_PATH</c> in <c>DATA_PATH</c>.</summary>
internal sealed class MemoryFile(IOptions<GatewayOptions> gateway, IOptions<MemoryOptions> memory, GatewayService service)
{
    public string Path { get; } = System.IO.Path.GetFullPath(memory.Value.Path, gateway.Value.DataFolder(service));

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Makes sure that the folder is there and can be written to.</summary>
    /// <exception cref="SettingException">It is not and cannot.</exception>
    public void PrepareFolder()
    {
        try
        {
            Directory.CreateDirectory(Folder);
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
}
