using System.Runtime.Versioning;
using McpGateway.Testing;

namespace Memory.Specs.Storage;

/// <summary>Other users of the machine have no business with the memory.</summary>
[UnsupportedOSPlatform("windows")]
[Trait("store", "own")]
public sealed class PrivateFileSpecs : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder = TemporaryFolder.Create("memory-private-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_new_database_and_its_folder_are_for_their_user_alone()
    {
        var below = Path.Combine(folder, "below");
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder), ("MEMORY_PATH", Path.Combine(below, "memory.db")));
        await memory.CreateAsync("Ada", "person", "likes tea");
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(below));
        Assert.Equal(
            ["memory.db", "memory.db-shm", "memory.db-wal"],
            Directory.GetFiles(below).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.All(Directory.GetFiles(below), file => Assert.Equal(Owner, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task One_that_everybody_could_read_is_taken_from_others_and_left_to_its_group()
    {
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            await memory.CreateAsync("Ada", "person", "likes tea");
        }

        var database = Path.Combine(folder, "memory.db");
        File.SetUnixFileMode(database, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            await memory.CreateAsync("Charles", "person", "likes tea");
            Assert.Equal(Owner | UnixFileMode.GroupRead, File.GetUnixFileMode(database));
            Assert.Equal(Owner | UnixFileMode.GroupRead, File.GetUnixFileMode(database + "-wal"));
        }
    }
}
