using System.Net;
using McpGateway.Testing;
using Microsoft.Data.Sqlite;

namespace Memory.Specs.Storage;

/// <summary>A file that changes under the running service, or that another process holds.</summary>
[Trait("store", "own")]
public sealed class ReplacedFileSpecs
{
    [Fact]
    public async Task A_file_that_is_replaced_is_opened_anew_before_the_next_call_and_neither_memory_is_harmed()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("In the backup");
        var backup = memory.File + ".backup";
        await RunAsync(memory.File, $"VACUUM INTO '{backup}'");
        await memory.CreateAsync("Mistake");
        Assert.Equal(["In the backup", "Mistake"], (await memory.CallAsync("read_graph", "{}")).Names);
        File.Move(backup, memory.File, overwrite: true);
        Assert.Equal(["In the backup"], (await memory.CallAsync("read_graph", "{}")).Names);
        for (var i = 0; i < 60; i++)
        {
            // Enough to be copied from the -wal file into the database.
            Assert.False((await memory.CreateAsync($"After {i}", "t", new string('x', 100_000))).IsError);
        }

        Assert.Equal(61, (await memory.ReadAllAsync("read_graph", new { })).SelectMany(p => p.Names).Distinct().Count());
        Assert.Equal(["After 59"], (await memory.SearchAsync("After 59"))[..1]);
        Assert.Equal("ok", await ScalarAsync(memory.File, "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_write_is_the_first_call_after_a_file_was_replaced()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("In the backup");
        var backup = memory.File + ".backup";
        await RunAsync(memory.File, $"VACUUM INTO '{backup}'");
        await memory.CreateAsync("Mistake");
        File.Move(backup, memory.File, overwrite: true);
        Assert.False((await memory.CreateAsync("After")).IsError);
        Assert.Equal(["In the backup", "After"], (await memory.CallAsync("read_graph", "{}")).Names);
        Assert.Equal("ok", await ScalarAsync(memory.File, "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Reads_do_not_wait_for_a_process_that_holds_the_file_and_readiness_sees_it_while_it_keeps_writes_out()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Anna");
        await using var other = new SqliteConnection($"Data Source={memory.File};Pooling=false");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await RunAsync(other, "BEGIN IMMEDIATE");
        // It may be a matter of milliseconds, until a call has waited in vain.
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(memory));
        var refused = await memory.CreateAsync("Bert");
        Assert.True(refused.IsError);
        Assert.Contains("is being written by another process", refused.Text, StringComparison.Ordinal);
        Assert.Equal(["Anna"], (await memory.CallAsync("read_graph", "{}")).Names);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(memory));
        await RunAsync(other, "ROLLBACK");
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(memory));
        Assert.False((await memory.CreateAsync("Bert")).IsError);
    }

    [Fact]
    public async Task Readiness_sees_damage_that_a_call_has_met_until_the_file_is_put_right()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        var file = Path.Combine(folder, "memory.db");
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            await memory.CreateAsync("Anna", "t", [.. Enumerable.Range(0, 500).Select(i => $"observation {i}")]);
        }

        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var page = (long)(await ScalarAsync(file, "SELECT rootpage FROM sqlite_master WHERE name = 'observation'"))!;
        await using (var stream = File.OpenWrite(file))
        {
            stream.Position = (page - 1) * 4096;
            await stream.WriteAsync(new byte[4096], TestContext.Current.CancellationToken);
        }

        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder)))
        {
            Assert.True((await memory.CallAsync("read_graph", "{}")).IsError);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(memory));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadyAsync(memory));
            await File.WriteAllBytesAsync(file + ".whole", whole, TestContext.Current.CancellationToken);
            File.Move(file + ".whole", file, overwrite: true);
            Assert.Equal(HttpStatusCode.OK, await ReadyAsync(memory));
            Assert.Equal(["Anna"], (await memory.CallAsync("read_graph", "{}")).Names);
        }
    }

    private static async Task<HttpStatusCode> ReadyAsync(MemoryGateway memory)
    {
        using var ready = await memory.Gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return ready.StatusCode;
    }

    private static async Task RunAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        await RunAsync(connection, sql);
    }

    private static async Task RunAsync(SqliteConnection connection, string sql) => await ScalarAsync(connection, sql);

    private static async Task<object?> ScalarAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        return await ScalarAsync(connection, sql);
    }

    private static async Task<object?> ScalarAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The spec's own statement.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
