using System.Globalization;
using McpGateway.Testing;
using McpGateway.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Rights;

/// <summary>Calls that begin in one period of a budget and end in the next.</summary>
public sealed class BudgetPeriodSpecs
{
    private const string Token = "budget-spec-token-1";

    private readonly Desk desk = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-01T12:00:30Z", CultureInfo.InvariantCulture));

    /// <summary>An answer may have 4,000 tokens: what the call does not use of them belongs to a minute that is over.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_call_set_aside_in_one_period_is_no_gift_to_the_next(bool endsInTheNext)
    {
        await using var gateway = await StartAsync();
        var call = CallAsync(gateway, "read_slowly");
        await desk.Begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        if (!endsInTheNext)
        {
            desk.Ends.SetResult();
            await call;
        }

        time.Advance(TimeSpan.FromMinutes(1));
        desk.Ends.TrySetResult();
        Assert.Equal("read", await call);
        var ran = 0;
        while (ran < 10 && !(await CallAsync(gateway, "read_long")).StartsWith("The budget", StringComparison.Ordinal))
        {
            ran++;
        }

        // The second begins with what is left, and is the last.
        Assert.Equal(2, ran);
    }

    private Task<Gateway> StartAsync() =>
        Gateway.StartAsync(
            SpecService.Definition,
            gateway =>
            {
                gateway.Services.AddSingleton(desk);
                gateway.Mcp.WithTools<DeskTools>();
            },
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKENS"] = $"n8n={Token};tokens=5000/minute",
                ["ANSWER_TOKENS"] = "4000",
                ["RATE_LIMIT_PER_SECOND"] = "0",
            },
            time
        );

    private static async Task<string> CallAsync(Gateway gateway, string tool)
    {
        using var response = await gateway.PostAsync(SpecService.Call(tool), Token);
        return await response.ToolTextAsync();
    }

    private sealed class Desk
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ends { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class DeskTools(Desk desk)
    {
        [McpServerTool(Name = "read_slowly", ReadOnly = true)]
        public async Task<string> ReadSlowlyAsync()
        {
            desk.Begun.TrySetResult();
            await desk.Ends.Task;
            return "read";
        }

        [McpServerTool(Name = "read_long", ReadOnly = true)]
        public static string ReadLong() => string.Concat(Enumerable.Range(0, 40_000).Select(i => $" word{i}"));
    }
}
