namespace Memory.Specs.Postgres;

/// <summary>Several instances of the memory on one PostgreSQL.</summary>
public abstract class SharedMemorySpecs(PostgresFixture fixture)
{
    protected PostgresFixture Fixture { get; } = fixture;

    [Fact]
    public async Task What_one_instance_was_told_another_knows_at_once()
    {
        var url = await Fixture.CreateDatabaseAsync();
        await using var one = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        await using var other = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        await one.CreateAsync("Anna", "person", "likes tea");
        Assert.Equal(["Anna"], await other.SearchAsync("tea"));
        await other.CallAsync("delete_entities", """{"entityNames":["Anna"]}""");
        Assert.Empty(await one.SearchAsync("tea"));
        Assert.Contains("restored Anna", (await one.CallAsync("undo_changes", "{}")).Text, StringComparison.Ordinal);
        Assert.Equal(["likes tea"], (await other.CallAsync("open_nodes", """{"names":["Anna"]}""")).Observations);
    }

    [Fact]
    public async Task Instances_that_start_at_once_make_the_tables_once()
    {
        var url = await Fixture.CreateDatabaseAsync();
        var instances = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MemoryGateway.StartAsync(("MEMORY_DATABASE", url))));
        foreach (var instance in instances)
        {
            using var ready = await instance.Gateway.Http.GetAsync(
                new Uri("/health/ready", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            Assert.True(ready.IsSuccessStatusCode, await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.DoesNotContain(instance.Gateway.Logs.Lines, line => line.Contains("cannot be used", StringComparison.Ordinal));
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task Of_writers_of_one_entity_at_several_instances_one_creates_it_and_every_fact_of_all_is_kept()
    {
        var url = await Fixture.CreateDatabaseAsync();
        var instances = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => MemoryGateway.StartAsync(("MEMORY_DATABASE", url))));
        var created = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => instances[i % 3].CreateAsync("Anna", "person", $"seen by writer {i}"))
        );
        Assert.Single(created, answer => ((System.Text.Json.Nodes.JsonArray)answer.Structured!["entities"]!).Count == 1);
        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(i =>
                    instances[i % 3]
                        .CallAsync(
                            "add_observations",
                            new { observations = new[] { new { entityName = "Anna", contents = new[] { $"fact{i} told" } } } }
                        )
                )
        );
        var facts = (await instances[0].CallAsync("open_nodes", """{"names":["Anna"]}""")).Observations;
        Assert.Equal(31, facts.Length);
        Assert.Equal(31, facts.Distinct().Count());
        foreach (var i in Enumerable.Range(0, 30))
        {
            Assert.Equal(["Anna"], await instances[i % 3].SearchAsync($"fact{i}"));
        }

        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task Names_as_long_as_names_may_be_are_kept_apart_by_their_last_character()
    {
        var url = await Fixture.CreateDatabaseAsync();
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        var name = new string('林', 1_999);
        await memory.CreateAsync(name + "小", new string('雨', 2_000), "first");
        await memory.CreateAsync(name + "雨", "t", "second");
        Assert.False((await memory.RelateAsync(name + "小", name + "雨", new string('是', 2_000))).IsError);
        var opened = await memory.CallAsync("open_nodes", new { names = new[] { name + "雨" } });
        Assert.Equal(["second"], opened.Observations);
        Assert.Contains(
            "deleted",
            (await memory.CallAsync("delete_entities", new { entityNames = new[] { name + "小" } })).Text,
            StringComparison.Ordinal
        );
        Assert.Equal([name + "雨"], (await memory.CallAsync("read_graph", "{}")).Names);
    }

    [Fact]
    public async Task What_nobody_can_store_is_not_found_and_breaks_nothing()
    {
        var url = await Fixture.CreateDatabaseAsync();
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_DATABASE", url));
        await memory.CreateAsync("Anna");
        var opened = await memory.CallAsync("open_nodes", """{"names":["An\u0000na","Anna"]}""");
        Assert.Equal(["Anna"], opened.Names);
        Assert.False((await memory.CallAsync("search_nodes", """{"query":"\u0000 Anna"}""")).IsError);
    }
}
