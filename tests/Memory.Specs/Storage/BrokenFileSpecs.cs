using System.Net;
using System.Text.Json.Nodes;
using McpGateway.Testing;
using Microsoft.Data.Sqlite;

namespace Memory.Specs.Storage;

[Trait("store", "own")]
public sealed class BrokenFileSpecs
{
    [Fact]
    public async Task A_file_that_is_no_database_is_named_with_the_remedy_and_left_untouched()
    {
        using var temporary = await FolderWithAsync("memory.db", "This is not a database, whatever its name says. ".PadRight(8192, '.'));
        var folder = temporary.Path;
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder));
        await ShouldBeUnusableAsync(memory, "is damaged or not a memory file");
        Assert.StartsWith(
            "This is not a database",
            await File.ReadAllTextAsync(memory.File, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_put_right_is_taken_up_without_a_restart()
    {
        using var temporary = await FolderWithAsync("memory.db", "broken".PadRight(8192, '.'));
        var folder = temporary.Path;
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder));
        Assert.True((await memory.CreateAsync("Anna")).IsError);
        File.Delete(memory.File);
        Assert.False((await memory.CreateAsync("Anna")).IsError);
        using var ready = await memory.Gateway.Http.GetAsync(
            new Uri("/health/ready", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task A_damaged_page_fails_the_call_in_words_and_what_can_still_be_read_is_read()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            await memory.CallAsync(
                "create_entities",
                new
                {
                    entities = Enumerable
                        .Range(0, 500)
                        .Select(i => new
                        {
                            name = $"Entity {i}",
                            entityType = "t",
                            observations = new[] { $"observation {i}" },
                        }),
                }
            );
        }

        var page = await ScalarAsync(Path.Combine(folder, "memory.db"), "SELECT rootpage FROM sqlite_master WHERE name = 'observation'");
        await using (var file = File.OpenWrite(Path.Combine(folder, "memory.db")))
        {
            file.Position = (page - 1) * 4096;
            await file.WriteAsync(new byte[4096], TestContext.Current.CancellationToken);
        }

        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            var answer = await memory.CallAsync("open_nodes", """{"names":["Entity 7"]}""");
            Assert.True(answer.IsError);
            Assert.Contains($"The memory file '{memory.File}' is damaged", answer.Text, StringComparison.Ordinal);
            Assert.Empty((await memory.CallAsync("open_nodes", """{"names":["Nobody"]}""")).Names);
        }
    }

    [Fact]
    public async Task A_file_of_a_newer_release_is_left_alone()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            await memory.CreateAsync("Anna");
        }

        await ScalarAsync(Path.Combine(folder, "memory.db"), "PRAGMA user_version=99");
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            await ShouldBeUnusableAsync(memory, "has version 99, written by a newer release");
        }

        Assert.Equal(1, await ScalarAsync(Path.Combine(folder, "memory.db"), "SELECT count(*) FROM entity"));
    }

    [Fact]
    public async Task Another_programs_database_is_left_alone()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        await ScalarAsync(Path.Combine(folder, "memory.db"), "CREATE TABLE entity (mine TEXT)");
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder));
        await ShouldBeUnusableAsync(memory, "is another program's database");
    }

    [Fact]
    public async Task A_full_disk_fails_the_write_in_words_and_what_was_stored_can_still_be_read()
    {
        // A limit on the size of files, since a test cannot fill a disk; the shell ignores the signal that comes with it.
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        await using var process = await LimitedProcess.StartAsync("trap '' XFSZ; ulimit -f 400; exec \"$0\"", folder);
        Assert.False((await process.CreateAsync("Small", "kept")).IsError);
        var large = await process.CreateAsync("Large", new string('x', 1_000_000));
        Assert.True(large.IsError);
        Assert.Contains($"The memory file '{Path.Combine(folder, "memory.db")}' cannot", large.Text, StringComparison.Ordinal);
        Assert.Contains("This call stored nothing.", large.Text, StringComparison.Ordinal);
        Assert.Equal(["Small"], (await process.CallAsync("read_graph", new { })).Names);
        Assert.False((await process.CreateAsync("Small again", "kept")).IsError);
    }

    [Fact]
    public async Task A_read_only_file_is_named_and_can_still_be_read()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            await memory.CreateAsync("Anna");
        }

        var file = Path.Combine(folder, "memory.db");
        // Root may write everything: then the process runs as nobody.
        await using var process = await LimitedProcess.StartAsync(
            $"chmod 444 '{file}'; chmod 777 '{folder}'; if [ \"$(id -u)\" = 0 ]; then exec setpriv --reuid=65534 --regid=65534 "
                + "--clear-groups \"$0\"; else exec \"$0\"; fi",
            folder
        );
        var refused = await process.CreateAsync("Bert", "x");
        Assert.True(refused.IsError);
        Assert.Contains($"The memory file '{file}' is read-only", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await process.ReadyAsync());
        Assert.Equal(["Anna"], (await process.CallAsync("read_graph", new { })).Names);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_used_ends_the_start_with_one_line()
    {
        using var temporary = new TemporaryFolder();
        var file = temporary.At("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await using var process = GatewayProcess.Start("Memory", Path.Combine(file, "folder"));
        Assert.Equal(1, await process.WaitForExitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        var line = Assert.Single(process.Errors, l => l.Contains("cannot start", StringComparison.Ordinal));
        Assert.Contains($"DATA_PATH='{Path.Combine(file, "folder")}'", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_MEMORY_PATH_that_cannot_be_used_ends_the_start_with_one_line()
    {
        using var temporary = new TemporaryFolder();
        var file = temporary.At("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await using var process = GatewayProcess.Start(
            "Memory",
            Path.GetTempPath(),
            new Dictionary<string, string?> { ["MEMORY_PATH"] = Path.Combine(file, "memory.db") }
        );
        Assert.Equal(1, await process.WaitForExitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        var line = Assert.Single(process.Errors, l => l.Contains("cannot start", StringComparison.Ordinal));
        Assert.Contains($"the folder '{file}' of the memory file cannot be used", line, StringComparison.Ordinal);
    }

    private static async Task ShouldBeUnusableAsync(MemoryGateway memory, string problem)
    {
        foreach (
            var (tool, arguments) in ((string, string)[])
                [("create_entities", """{"entities":[]}"""), ("read_graph", "{}"), ("search_nodes", """{"query":"x"}""")]
        )
        {
            var answer = await memory.CallAsync(tool, arguments);
            Assert.True(answer.IsError);
            Assert.Contains(memory.File, answer.Text, StringComparison.Ordinal);
            Assert.Contains(problem, answer.Text, StringComparison.Ordinal);
        }

        using var health = await memory.Gateway.Http.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        using var ready = await memory.Gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains(
            problem,
            (string?)JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["problems"]!["memory"],
            StringComparison.Ordinal
        );
    }

    private static async Task<TemporaryFolder> FolderWithAsync(string name, string content)
    {
        var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At(name), content);
        return folder;
    }

    private static async Task<long> ScalarAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The spec's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }
}
