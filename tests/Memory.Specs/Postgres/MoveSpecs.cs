using McpGateway.Testing;

namespace Memory.Specs.Postgres;

/// <summary>A memory goes from the file to PostgreSQL and back.</summary>
[Trait("store", "own")]
public sealed class MoveSpecs(PostgresFixture fixture) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_memory_moves_to_PostgreSQL_and_back_with_its_history_its_namespaces_and_its_dates()
    {
        var url = await (await fixture.GetAsync()).CreateDatabaseAsync();
        var before = await FillAsync();
        Assert.Equal(
            $"3 entities, 4 observations, 1 relations and 8 changes are in the database {Place(url)} now, equal to {folder.At("memory.db")} in every row.",
            (await RunAsync("move", "--to", url)).Succeeded().Trim()
        );
        await using (var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url)))
        {
            Assert.Equal(before, await StateOfAsync(memory));
            Assert.Contains("restored", (await memory.CallAsync("undo_changes", "{}")).Text, StringComparison.Ordinal);
            await memory.CreateAsync("Carla", "person", "came later");
        }

        Assert.Equal(0, (await RunAsync("move", "--from", url, "--to", folder.At("back.db"))).ExitCode);
        await using var back = await MemoryGateway.StartAsync(
            ("DATA_PATH", folder.Path),
            ("MEMORY_PATH", "back.db"),
            ("MEMORY_DATABASE", "")
        );
        Assert.Equal(["Carla"], await back.SearchAsync("later"));
        Assert.Equal(["Zoe"], (await back.In("other").CallAsync("read_graph", "{}")).Names);
        Assert.Equal(0, (await RunAsync("check")).ExitCode);
    }

    [Fact]
    public async Task A_file_that_the_database_takes_the_place_of_is_told_at_start_to_have_no_effect()
    {
        var url = await (await fixture.GetAsync()).CreateDatabaseAsync();
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url), ("MEMORY_PATH", "other.db"));
        Assert.Contains(
            memory.Gateway.Logs.Lines,
            line => line.Contains("MEMORY_PATH has no effect: MEMORY_DATABASE holds the memory", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_move_that_was_cut_short_goes_on_and_puts_right_what_differs()
    {
        var server = await fixture.GetAsync();
        var url = await server.CreateDatabaseAsync();
        var database = url[(url.LastIndexOf('/') + 1)..];
        var before = await FillAsync();
        (await RunAsync("move", "--to", url)).Succeeded();
        // As it would stand in the middle: marked, the last rows missing, and a row that the source has changed since.
        await server.RunSqlAsync(
            database,
            $"""
            SET search_path = memory;
            INSERT INTO import (namespace, content, path, at, report) VALUES (1, 'move', '{folder.At("memory.db")}', '', '');
            DELETE FROM observation WHERE id = (SELECT max(id) FROM observation);
            DELETE FROM log;
            UPDATE entity SET type = 'old' WHERE name = 'Anna';
            """
        );
        (await RunAsync("move", "--to", url)).Succeeded();
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        Assert.Equal(before, await StateOfAsync(memory));
    }

    [Fact]
    public async Task A_move_into_a_memory_that_holds_something_is_refused_and_changes_nothing()
    {
        var url = await (await fixture.GetAsync()).CreateDatabaseAsync();
        await FillAsync();
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        await memory.CreateAsync("Somebody");
        var refused = await RunAsync("move", "--to", url);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("holds a memory already", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(["Somebody"], (await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Fact]
    public async Task A_target_that_is_no_URL_is_not_repeated_with_its_password()
    {
        var refused = await RunAsync("move", "--to", "postgres://gateway:secret?word@host/db");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--to is not the URL of a database", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Errors, StringComparison.Ordinal);
    }

    private static string Place(string url) => url[(url.LastIndexOf('@') + 1)..];

    private async Task<string> FillAsync()
    {
        await using var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder.Path), ("MEMORY_DATABASE", ""));
        await memory.CreateAsync("Anna", "person", "likes tea", "喜欢茶");
        await memory.CreateAsync("Acme", "company", "makes ropes");
        await memory.RelateAsync("Anna", "Acme", "works_at");
        await memory.CallAsync(
            "add_observations",
            """{"observations":[{"entityName":"Anna","contents":["on leave"],"validUntil":"2999-12-31"}]}"""
        );
        await memory.In("other").CreateAsync("Zoe", "person", "elsewhere");
        await memory.CallAsync("delete_observations", """{"deletions":[{"entityName":"Acme","observations":["makes ropes"]}]}""");
        await memory.CreateAsync("Acme 2");
        await memory.CallAsync("delete_entities", """{"entityNames":["Acme 2"]}""");
        return await StateOfAsync(memory);
    }

    private static async Task<string> StateOfAsync(MemoryGateway memory) =>
        string.Join(
            '\n',
            (await memory.CallAsync("read_graph", "{}")).Text,
            (await memory.CallAsync("recent_changes", "{}")).Text,
            (await memory.CallAsync("search_nodes", """{"query":"tea"}""")).Text,
            (await memory.In("other").CallAsync("read_graph", "{}")).Text
        );

    private Task<Finished> RunAsync(params string[] arguments) =>
        RunningProcess.RunAsync(
            Repository.ProgramOf("Memory"),
            arguments,
            new Dictionary<string, string?> { ["DATA_PATH"] = folder.Path, ["AUDIT_LOG"] = folder.At("audit.jsonl") },
            cancellationToken: TestContext.Current.CancellationToken
        );
}
