using McpGateway.Testing;
using Microsoft.Data.Sqlite;

namespace Memory.Specs.Storage;

/// <summary>A file of the first release, as the next one finds it: version-1.sql.</summary>
[Trait("store", "own")]
public sealed class MigrationSpecs : IDisposable
{
    private readonly string folder = TemporaryFolder.Create("memory-version-").FullName;

    private string Database => Path.Combine(folder, "memory.db");

    private string Copy => Database + ".version-1";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_older_file_is_read_and_a_copy_of_it_stays()
    {
        await CreateFirstVersionAsync();
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            Assert.Contains("likes tea", (await memory.CallAsync("open_nodes", """{"names":["Ada"]}""")).Text, StringComparison.Ordinal);
            Assert.Equal(["Ada"], await memory.SearchAsync("tea"));
            Assert.Contains("knows", (await memory.CallAsync("read_graph", "{}")).Text, StringComparison.Ordinal);
            await memory.CreateAsync("Charles", "person", "came later");
        }

        Assert.Equal(1L, await ScalarAsync(Copy, "PRAGMA user_version"));
        Assert.Equal("ok", await ScalarAsync(Copy, "PRAGMA integrity_check"));
        Assert.Equal(2L, await ScalarAsync(Copy, "SELECT count(*) FROM entity"));
        Assert.Equal("likes tea", await ScalarAsync(Copy, "SELECT text FROM observation"));
#pragma warning disable CA1416 // The mode is looked at on Unix alone.
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Copy) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
#pragma warning restore CA1416
        Assert.Empty(Directory.GetFiles(folder, "*.part"));

        // The second start has nothing to migrate, and leaves the copy alone.
        var made = File.GetLastWriteTimeUtc(Copy);
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            Assert.Equal(["Charles"], await memory.SearchAsync("later"));
        }

        Assert.Equal(made, File.GetLastWriteTimeUtc(Copy));
    }

    /// <summary>version-1.db was written by the first release itself, by calls of every tool that changes something.</summary>
    [Fact]
    public async Task A_file_that_the_first_release_wrote_keeps_all_it_holds_and_its_history_can_be_undone()
    {
        File.Copy(Path.Combine(Repository.Root, "tests", "Memory.Specs", "Storage", "version-1.db"), Database);
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder), ("MEMORY_ALLOW_DANGLING_RELATIONS", "true")))
        {
            Assert.Equal(
                """
                {"type":"entity","name":"Ada Lovelace","entityType":"person","observations":["likes tea","born on 10 December 1815","writes notes"]}
                {"type":"entity","name":"Bert","entityType":"person","observations":["is left-handed"]}
                {"type":"entity","name":"Straße 7","entityType":"Ort","observations":["Schlüssel liegt im Büro"]}
                {"type":"entity","name":"林小雨","entityType":"人","observations":["喜欢喝龙井茶"]}
                {"type":"entity","name":"😀 party","entityType":"","observations":["quote \" and \\ and\nline"]}
                {"type":"relation","from":"Ada Lovelace","to":"Bert","relationType":"knows"}
                {"type":"relation","from":"Bert","to":"Nowhere","relationType":"moved_to"}
                """,
                (string?)(await memory.CallAsync("export_graph", "{}")).Structured!["jsonl"]
            );
            foreach (
                var (query, name) in ((string, string)[])
                    [("10.12.1815", "Ada Lovelace"), ("Schluessel", "Straße 7"), ("谁喜欢龙井", "林小雨"), ("moved to", "Bert")]
            )
            {
                Assert.Equal(name, (await memory.SearchAsync(query)).FirstOrDefault());
            }

            var history = await memory.CallAsync("entity_history", """{"entityName":"Carla"}""");
            var changes = history.Structured!["items"]!.AsArray();
            Assert.Equal(
                ["delete_entity", "create_relation", "create_entity"],
                changes.Select(c => (string?)c!["operation"]).Where(o => o != "delete_relation")
            );
            foreach (var call in changes.Select(c => (long)c!["call"]!).Take(1))
            {
                Assert.Empty((await memory.CallAsync("undo_changes", new { call })).Structured!["skipped"]!.AsArray());
            }

            var carla = await memory.CallAsync("open_nodes", """{"names":["Carla"]}""");
            Assert.Equal(["plays the cello", "lives in Bern"], carla.Observations);
            Assert.Equal(["Carla sister_of Bert"], carla.Relations);
            var dates = carla.Structured!["entities"]![0]!["at"]!.AsArray().Select(day => (string?)day).Distinct();
            Assert.Equal("2026-11-29", Assert.Single(dates));
        }

        await using var again = await MemoryGateway.StartAsync(("DATA_PATH", folder));
        Assert.Equal(["Carla"], await again.SearchAsync("cello"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_copied_is_not_changed()
    {
        await CreateFirstVersionAsync();
        // In the place of the copy.
        Directory.CreateDirectory(Copy);
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            var answer = await memory.CallAsync("read_graph", "{}");
            Assert.True(answer.IsError);
            Assert.Contains("cannot be copied", answer.Text, StringComparison.Ordinal);
            Assert.Contains(Copy, answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(1L, await ScalarAsync(Database, "PRAGMA user_version"));
        Directory.Delete(Copy);
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            Assert.Equal(["Ada"], await memory.SearchAsync("tea"));
        }
    }

    [Fact]
    public async Task An_older_release_that_finds_a_newer_file_names_the_copy()
    {
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            await memory.CreateAsync("Ada");
        }

        var version = await ScalarAsync(Database, "PRAGMA user_version");
        File.Copy(Database, $"{Database}.version-{version}");
        await ScalarAsync(Database, "PRAGMA user_version=99");
        await using var older = await MemoryGateway.StartAsync(("DATA_PATH", folder));
        var answer = await older.CallAsync("read_graph", "{}");
        Assert.True(answer.IsError);
        Assert.Contains($"put back what was there before it: '{Database}.version-{version}'", answer.Text, StringComparison.Ordinal);
    }

    private async Task CreateFirstVersionAsync() =>
        await ScalarAsync(
            Database,
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "Memory.Specs", "Storage", "version-1.sql"))
        );

    private static async Task<object?> ScalarAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The spec's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
