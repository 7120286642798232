using McpGateway.Testing;

namespace Memory.Specs.Postgres;

/// <summary>Connections to PostgreSQL that are lost, and servers that go: nothing acknowledged is lost, nothing is done twice.</summary>
[Trait("store", "own")]
public sealed class LostConnectionSpecs(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_whose_commit_is_cut_off_is_done_once_whether_or_not_the_server_got_it(bool passes)
    {
        var server = await fixture.GetAsync();
        await using var proxy = new CuttingProxy(server.Port);
        await using var memory = await StartBehindAsync(proxy, server);
        await memory.CreateAsync("Anna");
        proxy.CutCommits(2, passes);
        var answer = await memory.CallAsync("add_observations", """{"observations":[{"entityName":"Anna","contents":["likes tea"]}]}""");
        Assert.False(answer.IsError, answer.Text);
        Assert.Contains("likes tea", answer.Text, StringComparison.Ordinal);
        Assert.InRange(proxy.Cut, 1, 2);
        Assert.Equal(["likes tea"], (await memory.CallAsync("open_nodes", """{"names":["Anna"]}""")).Observations);
        var changes = (await memory.CallAsync("recent_changes", "{}")).Structured!["items"]!.AsArray();
        Assert.Single(changes, change => (string?)change!["operation"] == "add_observations");
    }

    [Fact]
    public async Task A_database_that_an_empty_one_took_the_place_of_is_made_ready_at_the_next_call()
    {
        var server = await fixture.GetAsync();
        var url = await server.CreateDatabaseAsync();
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        await memory.CreateAsync("Anna");
        await server.RunSqlAsync(new Uri(url).AbsolutePath[1..], "DROP SCHEMA memory CASCADE");
        Assert.True((await memory.CreateAsync("Berta")).IsError);
        Assert.False((await memory.CreateAsync("Berta")).IsError);
        Assert.Equal(["Berta"], (await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Fact]
    public async Task A_write_of_which_nobody_can_say_whether_it_is_stored_says_so()
    {
        var server = await fixture.GetAsync();
        await using var proxy = new CuttingProxy(server.Port);
        await using var memory = await StartBehindAsync(proxy, server);
        await memory.CreateAsync("Anna");
        proxy.ClosesAfterCut = true;
        proxy.CutCommits(1, passes: true);
        var answer = await memory.CreateAsync("Berta");
        Assert.True(answer.IsError);
        Assert.Contains("could not be found out", answer.Text, StringComparison.Ordinal);
        Assert.Contains("look before you do the same again", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("stored nothing", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_killed_loses_nothing_acknowledged_and_is_used_again_when_it_is_back()
    {
        await using var server = await TestPostgres.StartAsync();
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", await server.CreateDatabaseAsync()));
        var acknowledged = new List<string>();
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 60; i++)
                {
                    if (!(await memory.CreateAsync($"entity{i}")).IsError)
                    {
                        acknowledged.Add($"entity{i}");
                    }
                }
            },
            TestContext.Current.CancellationToken
        );
        await Eventually.IsAsync(() => acknowledged.Count > 5, "Nothing was written.");
        await server.KillAsync();
        var down = await ReadyAsync(memory);
        Assert.Contains("cannot be reached", down, StringComparison.Ordinal);
        var refused = await memory.CallAsync("search_nodes", """{"query":"entity1"}""");
        Assert.True(refused.IsError);
        Assert.Contains("cannot be reached", refused.Text, StringComparison.Ordinal);
        await server.StartServerAsync();
        await writing;
        // In a longer outage one call a second looks whether the server is back.
        await Eventually.IsAsync(async () => (await ReadyAsync(memory)).Length == 0, "The server is not used again.");
        var stored = (await memory.ReadAllAsync("read_graph", new { limit = 100 })).SelectMany(page => page.Names).ToList();
        Assert.Empty(acknowledged.Except(stored));
        Assert.Equal(stored.Count, stored.Distinct().Count());
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_is_not_ready_and_says_why()
    {
        var server = await fixture.GetAsync();
        var url = await server.CreateDatabaseAsync();
        var name = url[(url.LastIndexOf('/') + 1)..];
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        await memory.CreateAsync("Anna");
        await server.RunSqlAsync("postgres", $"ALTER DATABASE {name} SET default_transaction_read_only = on");
        await server.RunSqlAsync("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        Assert.Contains("takes no writes just now", await ReadyAsync(memory), StringComparison.Ordinal);
        Assert.Equal(["Anna"], await memory.SearchAsync("Anna"));
        await server.RunSqlAsync("postgres", $"ALTER DATABASE {name} RESET default_transaction_read_only");
        await server.RunSqlAsync("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        Assert.Equal("", await ReadyAsync(memory));
        Assert.False((await memory.CreateAsync("Berta")).IsError);
    }

    private static async Task<MemoryGateway> StartBehindAsync(CuttingProxy proxy, TestPostgres server)
    {
        var url = await server.CreateDatabaseAsync();
        return await MemoryGateway.StartAsync(
            ("MEMORY_DATABASE", url.Replace($":{server.Port}/", $":{proxy.Port}/", StringComparison.Ordinal) + "?sslmode=disable")
        );
    }

    /// <summary>What /health/ready complains of.</summary>
    private static async Task<string> ReadyAsync(MemoryGateway memory)
    {
        using var ready = await memory.Gateway.Http.GetAsync(
            new Uri("/health/ready", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        return ready.IsSuccessStatusCode ? "" : await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
