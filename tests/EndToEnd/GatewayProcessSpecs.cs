using System.Net;
using McpGateway.Testing;

namespace EndToEnd;

public sealed class GatewayProcessSpecs
{
    public static TheoryData<string> Projects => [.. Repository.Services.Select(service => service.Project)];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task A_service_starts_answers_and_ends_in_order_on_sigterm(string project)
    {
        await using var gateway = await GatewayProcess.StartAsync(project);
        using var response = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""",
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(response.IsSuccessStatusCode);
        await gateway.StopAsync();
    }

    // func start and developers' machines set it: the host then checks at the start whether all services can be made.
    [Theory]
    [MemberData(nameof(Projects))]
    public async Task A_service_starts_in_development_with_and_without_an_operator(string project)
    {
        foreach (var secret in (string?[])[null, "an-operator-secret-of-the-process-specs"])
        {
            await using var gateway = await GatewayProcess.StartAsync(
                project,
                new Dictionary<string, string?> { ["DOTNET_ENVIRONMENT"] = "Development", ["OPERATOR_SECRET"] = secret }
            );
            using var response = await gateway.PostAsync(
                """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""",
                cancellationToken: TestContext.Current.CancellationToken
            );
            Assert.True(response.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task A_log_that_nobody_reads_holds_up_neither_calls_nor_the_stop()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Find();
        // Standard error is a pipe that fills up.
        await using var gateway = RunningProcess.Start(
            "bash",
            ["-c", $"mkfifo {folder.At("log")} && exec 3<> {folder.At("log")} && exec {Repository.ProgramOf("Memory")} 2>&3"],
            new Dictionary<string, string?>
            {
                ["PORT"] = $"{port}",
                ["DATA_PATH"] = folder.Path,
                ["MCP_BEARER_TOKEN"] = "a-token-of-the-process-specs-0123456789",
                ["RATE_LIMIT_PER_SECOND"] = "0",
            }
        );
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Hang.After };
        await Eventually.IsAsync(() => AnswersAsync(http), "The gateway does not answer.");

        // A line each: more than the pipe and the queue before it hold.
        await Parallel.ForAsync(
            0,
            5_000,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (_, cancellationToken) =>
            {
                using var refused = await http.PostAsync(new Uri("/mcp", UriKind.Relative), null, cancellationToken);
                Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            }
        );
        Assert.True(await AnswersAsync(http));
        await gateway.SignalAsync("TERM");
        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var health = await http.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
            return health.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
