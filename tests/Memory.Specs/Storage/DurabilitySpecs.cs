using System.Text.Json;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Memory.Specs.Storage;

[Trait("store", "own")]
public sealed class DurabilitySpecs
{
    [Fact]
    public async Task The_memory_is_for_its_user_alone_also_in_a_folder_that_was_there_before()
    {
        await using var memory = await MemoryGateway.StartAsync();
        await memory.CreateAsync("Ada");
        foreach (var file in Directory.GetFiles(memory.Gateway.Folder, "memory.db*"))
        {
#pragma warning disable CA1416 // The mode is looked at on Unix alone.
            Assert.True(
                OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite),
                file
            );
#pragma warning restore CA1416
        }
    }

    /// <summary>Code is compiled beside the start by a call that is taken back.</summary>
    [Fact]
    public async Task Of_the_warm_up_beside_a_start_nothing_stays()
    {
        await using var memory = await MemoryGateway.StartAsync(("MEMORY_TOOLSETS", "all"), ("BUDGET", "calls=4/day"));
        var warmUp = memory.Gateway.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "MemoryWarmUp");
        await ((BackgroundService)warmUp).ExecuteTask!;
        Assert.Empty(await memory.Gateway.ReadAuditAsync());
        var stats = (await memory.CallAsync("memory_stats", "{}")).Structured!;
        Assert.Equal((0, 0, 0), ((int)stats["entities"]!, (int)stats["relations"]!, (int)stats["changes"]!));
        Assert.Empty(await memory.SearchAsync("warm-up"));
        await memory.CreateAsync("Ada");
        Assert.Equal(1, (int)(await memory.CallAsync("recent_changes", "{}")).Structured!["items"]![0]!["call"]!);
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_in_the_middle_of_writes_is_there_after_it_whole()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?> { ["DATA_PATH"] = folder.Path };
        var acknowledged = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            await using var process = await GatewayProcess.StartAsync("Memory", settings);
            var writers = Enumerable
                .Range(0, 4)
                .Select(writer => WriteUntilKilledAsync(process, $"round {round} writer {writer}", acknowledged))
                .ToArray();
            await Eventually.IsAsync(() => CountOf(acknowledged) >= (round + 1) * 40, "The writes came to a halt.");
            await process.KillAsync();
            await Task.WhenAll(writers);
        }

        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder.Path)))
        {
            var stored = (await memory.ReadAllAsync("read_graph", new { }))
                .SelectMany(p => p.Structured!["entities"]!.AsArray())
                .ToDictionary(e => (string)e!["name"]!);
            Assert.True(acknowledged.Count >= 120);
            Assert.DoesNotContain(acknowledged, name => !stored.ContainsKey(name));
            // Each call stored a pair with three observations each: all of it or nothing.
            Assert.All(stored.Values, entity => Assert.Equal(3, entity!["observations"]!.AsArray().Count));
            Assert.All(stored.Keys, name => Assert.Contains(Partner(name), stored.Keys));
            Assert.Contains(acknowledged[^1], await memory.SearchAsync(acknowledged[^1]));
        }
    }

    [Fact]
    public async Task Fifty_parallel_creates_are_fifty_entities_and_the_same_name_fifty_times_is_one()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => memory.CreateAsync($"Entity {i}")));
        Assert.All(answers, a => Assert.False(a.IsError));
        var same = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => memory.CreateAsync("Same")));
        Assert.Single(same, a => a.Text != "[]");
        await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    memory.CallAsync(
                        "add_observations",
                        new { observations = new[] { new { entityName = "Same", contents = new[] { $"fact {i}" } } } }
                    )
                )
        );
        var graph = await memory.CallAsync("read_graph", "{}");
        Assert.Equal(51, graph.Names.Length);
        Assert.Equal(50, graph.Observations.Length);
    }

    [Fact]
    public async Task Four_processes_on_one_file_lose_nothing()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?> { ["DATA_PATH"] = folder.Path };
        await using var first = await GatewayProcess.StartAsync("Memory", settings);
        await using var second = await GatewayProcess.StartAsync("Memory", settings);
        await using var third = await GatewayProcess.StartAsync("Memory", settings);
        await using var fourth = await GatewayProcess.StartAsync("Memory", settings);
        GatewayProcess[] processes = [first, second, third, fourth];
        var answers = await Task.WhenAll(
            processes.SelectMany((process, p) => Enumerable.Range(0, 50).Select(i => CreateAsync(process, $"process {p} entity {i}")))
        );
        Assert.All(answers, a => Assert.False(a.IsError, a.Text));
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder.Path)))
        {
            Assert.Equal(200, (await memory.ReadAllAsync("read_graph", new { })).Sum(p => p.Names.Length));
            var found = (await memory.ReadAllAsync("search_nodes", new { query = "rocess 3 entity" })).SelectMany(p => p.Names);
            Assert.Equal(50, found.Count(name => name.StartsWith("process 3 entity", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_cancelled_call_stores_all_or_nothing_and_the_next_one_works()
    {
        await using var memory = await MemoryGateway.StartAsync();
        var entities = Enumerable
            .Range(0, 3_000)
            .Select(i => new
            {
                name = $"Entity {i}",
                entityType = "t",
                observations = new[] { "x" },
            })
            .ToArray();
        using var content = new StringContent(
            JsonSerializer.Serialize(
                new
                {
                    jsonrpc = "2.0",
                    id = 1,
                    method = "tools/call",
                    @params = new { name = "create_entities", arguments = new { entities } },
                }
            ),
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var leaving = new CancellationTokenSource();
        var call = memory.Gateway.Http.PostAsync(memory.Gateway.McpUrl, content, leaving.Token);
        await Eventually.IsAsync(() => File.Exists(memory.File + "-wal"), "Nothing was written.");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await memory.CreateAsync("After");
        Assert.Contains((int)(await memory.CallAsync("search_nodes", """{"query":""}""")).Structured!["total"]!, new[] { 1, 3_001 });
    }

    [Fact]
    public async Task A_restart_keeps_the_memory_and_a_relative_path_starts_at_the_data_folder()
    {
        using var folder = new TemporaryFolder();
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder.Path), ("MEMORY_PATH", "sub/mine.db")))
        {
            await memory.CreateAsync("Anna", "person", "likes tea");
        }

        Assert.True(File.Exists(Path.Combine(folder.Path, "sub", "mine.db")));
        await using (var memory = await MemoryGateway.StartAsync(("DATA_PATH", folder.Path), ("MEMORY_PATH", "sub/mine.db")))
        {
            Assert.Equal(["Anna"], await memory.SearchAsync("tea"));
        }
    }

    private static async Task WriteUntilKilledAsync(GatewayProcess process, string writer, List<string> acknowledged)
    {
        for (var i = 0; i < 10_000; i++)
        {
            var name = $"{writer} entity {i}";
            try
            {
                var answer = await CreateAsync(process, name, Partner(name));
                Assert.False(answer.IsError, answer.Text);
                lock (acknowledged)
                {
                    acknowledged.Add(name);
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return; // Killed.
            }
        }
    }

    private static async Task<ToolAnswer> CreateAsync(GatewayProcess process, params string[] names)
    {
        var arguments = new
        {
            entities = names.Select(name => new
            {
                name,
                entityType = "t",
                observations = new[] { "one", "two", "three" },
            }),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                JsonSerializer.Serialize(
                    new
                    {
                        jsonrpc = "2.0",
                        id = 1,
                        method = "tools/call",
                        @params = new { name = "create_entities", arguments },
                    }
                ),
                System.Text.Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await process.Http.SendAsync(request);
        return ToolAnswer.Of(await response.Content.ReadAsStringAsync());
    }

    private static string Partner(string name) =>
        name.EndsWith(" partner", StringComparison.Ordinal) ? name[..^" partner".Length] : name + " partner";

    private static int CountOf(List<string> names)
    {
        lock (names)
        {
            return names.Count;
        }
    }
}
