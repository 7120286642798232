using System.Net.Http.Json;
using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>What memory-mcp keeps, whatever happens to its process.</summary>
public sealed class MemoryProcessSpecs
{
    [Fact]
    public async Task A_restart_keeps_the_memory()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?> { ["DATA_PATH"] = folder.Path };
        await using (var before = await GatewayProcess.StartAsync("Memory", settings))
        {
            await CreateAsync(before, "Ana");
            await before.StopAsync();
        }

        await using (var after = await GatewayProcess.StartAsync("Memory", settings))
        {
            Assert.Equal(["Ana"], await NamesAsync(after));
            await CreateAsync(after, "Ben");
            await after.KillAsync();
        }

        await using (var last = await GatewayProcess.StartAsync("Memory", settings))
        {
            Assert.Equal(["Ana", "Ben"], await NamesAsync(last));
        }
    }

    [Fact]
    public async Task Two_processes_share_one_memory_and_lose_nothing()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?> { ["DATA_PATH"] = folder.Path };
        await using (var first = await GatewayProcess.StartAsync("Memory", settings))
        await using (var second = await GatewayProcess.StartAsync("Memory", settings))
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(i => CreateAsync(i % 2 == 0 ? first : second, $"entity {i}")));
            Assert.Equal(100, (await NamesAsync(first)).Length);
            Assert.Equal((await NamesAsync(first)).Order(), (await NamesAsync(second)).Order());
        }
    }

    [Fact]
    public async Task Five_hundred_streaming_calls_at_once_all_succeed()
    {
        await using var gateway = await GatewayProcess.StartAsync("Memory");
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => CreateAsync(gateway, $"entity {i}")));
        Assert.All(answers, answer => Assert.Contains("event: message\ndata: ", answer, StringComparison.Ordinal));
        Assert.Equal(500, (await NamesAsync(gateway)).Distinct().Count());
        Assert.DoesNotContain(
            gateway.Logs,
            line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)
        );
    }

    private static Task<string> CreateAsync(GatewayProcess gateway, string name) =>
        CallAsync(
            gateway,
            "create_entities",
            new
            {
                entities = new[]
                {
                    new
                    {
                        name,
                        entityType = "thing",
                        observations = new[] { $"about {name}" },
                    },
                },
            }
        );

    private static async Task<string[]> NamesAsync(GatewayProcess gateway)
    {
        var names = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var answer = await CallAsync(gateway, "read_graph", new { cursor });
            using var result = JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..]);
            var graph = result.RootElement.GetProperty("result").GetProperty("structuredContent");
            names.AddRange(graph.GetProperty("entities").EnumerateArray().Select(entity => entity.GetProperty("name").GetString()!));
            cursor = graph.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        return [.. names];
    }

    /// <summary>Calls a tool as a streaming client does, and returns the events of the answer.</summary>
    private static async Task<string> CallAsync(GatewayProcess gateway, string tool, object arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = JsonContent.Create(
                new
                {
                    jsonrpc = "2.0",
                    id = 1,
                    method = "tools/call",
                    @params = new { name = tool, arguments },
                }
            ),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var response = await gateway.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("\"isError\":true", answer, StringComparison.Ordinal);
        Assert.Contains("\"result\":", answer, StringComparison.Ordinal);
        return answer;
    }
}
