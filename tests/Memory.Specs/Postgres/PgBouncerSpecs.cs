using McpGateway.Testing;

namespace Memory.Specs.Postgres;

/// <summary>Several instances behind PgBouncer in transaction mode: a connection is another's after each transaction.</summary>
[Trait("store", "own")]
public sealed class PgBouncerSpecs(PgBouncerFixture fixture) : SharedMemorySpecs(fixture), IClassFixture<PgBouncerFixture>
{
    private const int Callers = 12;
    private const int Calls = 8;

    [Fact]
    public async Task More_callers_than_there_are_connections_keep_their_memories_apart()
    {
        var url = await Fixture.CreateDatabaseAsync();
        // The memory and the state are two schemas of one database: a connection serves both in turns.
        await using var one = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url), ("STATE", url), ("RATE_LIMIT_PER_SECOND", "0"));
        await using var other = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url), ("STATE", url), ("RATE_LIMIT_PER_SECOND", "0"));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => CallAsync(caller % 2 == 0 ? one : other, caller)));
        for (var caller = 0; caller < Callers; caller++)
        {
            var pages = await one.In($"caller{caller}").ReadAllAsync("read_graph", new { limit = 100 });
            var names = pages.SelectMany(page => page.Names);
            Assert.Equal(Enumerable.Range(0, Calls).Select(i => $"thing{i} of {caller}"), names.Order(StringComparer.Ordinal));
        }

        static async Task CallAsync(MemoryGateway instance, int caller)
        {
            var memory = instance.In($"caller{caller}");
            for (var i = 0; i < Calls; i++)
            {
                var created = await memory.CreateAsync($"thing{i} of {caller}", "thing", $"made by caller {caller}");
                Assert.False(created.IsError, created.Text);
                Assert.Contains($"thing{i} of {caller}", await memory.SearchAsync($"thing{i}"));
            }
        }
    }

    [Fact]
    public async Task A_database_that_is_killed_behind_it_is_used_again_when_it_is_back_and_nothing_is_lost()
    {
        await using var server = await TestPostgres.StartAsync();
        await using var bouncer = await TestPgBouncer.StartAsync(server);
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", bouncer.UrlOf(await server.CreateDatabaseAsync())));
        var acknowledged = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            await WriteAsync($"before{i}");
        }

        Assert.Equal(10, acknowledged.Count);
        await server.KillAsync();
        Assert.True((await memory.CallAsync("search_nodes", """{"query":"before1"}""")).IsError);
        await server.StartServerAsync();
        await Eventually.IsAsync(async () => await WriteAsync("after"), "It does not come back by itself.");
        var stored = (await memory.ReadAllAsync("read_graph", new { limit = 100 })).SelectMany(page => page.Names).ToList();
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));

        async Task<bool> WriteAsync(string name)
        {
            var isDone = !(await memory.CreateAsync(name)).IsError;
            if (isDone)
            {
                acknowledged.Add(name);
            }

            return isDone;
        }
    }
}
