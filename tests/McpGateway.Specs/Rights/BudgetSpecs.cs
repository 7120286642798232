using System.Globalization;
using System.Text.Json;
using McpGateway.Secrets;
using McpGateway.State;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Rights;

/// <summary>What callers may use up: calls and tokens of answers, each alone and all together.</summary>
public sealed class BudgetSpecs : IDisposable
{
    private const string Token = "budget-spec-token-1";
    private const string Other = "budget-spec-token-2";

    // More than any budget here.
    private const int MostCalls = 2_000;

    private readonly string data = TemporaryFolder.Create("budget-spec-").FullName;
    private readonly UseLog log = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-01T12:00:30Z", CultureInfo.InvariantCulture));

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Theory]
    [InlineData("calls=20/minute", 20)]
    [InlineData("calls=20/day", 20)]
    [InlineData("calls=500/day;calls=20/month", 20)]
    [InlineData("calls=430/day", 430)]
    public async Task Of_many_calls_at_once_as_many_run_as_the_budget_has(string budget, int most)
    {
        await using var gateway = await StartAsync(budget);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(async _ =>
                {
                    var ran = 0;
                    for (var i = 0; i < 8; i++)
                    {
                        ran += (await CallAsync(gateway)).StartsWith("done", StringComparison.Ordinal) ? 1 : 0;
                    }

                    return ran;
                })
        );
        Assert.Equal((most, most), (answers.Sum(), log.Uses.Count));
    }

    [Fact]
    public async Task A_budget_begins_anew_when_its_period_does_in_the_operators_time_zone()
    {
        await using var gateway = await StartAsync("calls=1/day", ("TIME_ZONE", "Europe/Zurich"));
        Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
        Assert.Equal(
            "The budget calls=1/day of 'n8n' is used up or too small for this (1 used); it begins anew at 2026-11-02 00:00 "
                + "(Europe/Zurich). Nothing was done. Wait until then, or ask the operator of this gateway.",
            await CallAsync(gateway)
        );
        time.SetUtcNow(DateTimeOffset.Parse("2026-11-01T22:59:59Z", CultureInfo.InvariantCulture));
        Assert.StartsWith("The budget", await CallAsync(gateway), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("minute", "2026-11-01T12:01:00Z")]
    [InlineData("month", "2026-12-01T00:00:00Z")]
    public async Task Minutes_and_months_begin_by_the_clock(string per, string next)
    {
        await using var gateway = await StartAsync($"calls=1/{per}");
        await CallAsync(gateway);
        time.SetUtcNow(DateTimeOffset.Parse(next, CultureInfo.InvariantCulture).AddSeconds(-1));
        Assert.StartsWith("The budget", await CallAsync(gateway), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_used_up_stays_so_over_a_restart_to_the_call()
    {
        for (var start = 0; start < 3; start++)
        {
            await using var gateway = await StartAsync("calls=700/day");
            for (var i = 0; i < 200; i++)
            {
                Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
            }
        }

        await using var last = await StartAsync("calls=700/day");
        Assert.Equal(100, await CountAsync(last, Token));
    }

    [Fact]
    public async Task A_call_that_its_tokens_are_lacking_for_is_not_counted()
    {
        await using var gateway = await StartAsync("calls=3/day;tokens=5000/minute");
        Assert.StartsWith("[Cut:", await CallAsync(gateway, tool: "long_book"), StringComparison.Ordinal);
        for (var call = 0; call < 4; call++)
        {
            Assert.StartsWith("The budget tokens=5000/minute", await CallAsync(gateway), StringComparison.Ordinal);
        }

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await CountAsync(gateway, Token));
    }

    [Fact]
    public async Task No_more_is_granted_than_there_is_room_for()
    {
        await using var gateway = await StartAsync("calls=1/day");
        var usage = gateway.Services.GetRequiredService<Usage>();
        Assert.Equal((4, 4), usage.Take("spec", "calls/day", "today", 1, 4, 0, limit: 10));
        Assert.Equal((6, 10), usage.Take("spec", "calls/day", "today", 1, 20, 0, limit: 10));
        Assert.Equal((0, 10), usage.Take("spec", "calls/day", "today", 1, 20, 0, limit: 10));
        Assert.Equal((10, 10), usage.Take("spec", "calls/day", "tomorrow", 1, 20, 0, limit: 10));
    }

    [Fact]
    public async Task Processes_share_a_budget_to_the_call_as_what_one_leases_and_does_not_use_comes_back()
    {
        await using var one = await StartAsync("calls=1000/day");
        await using var other = await StartAsync("calls=1000/day");
        var ran = 0;
        for (; ran < 300; ran++)
        {
            Assert.StartsWith("done", await CallAsync(one), StringComparison.Ordinal);
        }

        ran += await CountAsync(other, Token);
        // What one has leased the other cannot use: a hundredth of the budget at most, for some seconds.
        Assert.InRange(ran, 990, 1000);
        // Looked at twice before it counts as idle.
        time.Advance(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1000, ran + await CountAsync(other, Token));
    }

    [Fact]
    public async Task Of_two_limits_of_one_thing_the_smaller_holds_and_a_call_counts_once()
    {
        await using var gateway = await StartAsync(
            "profile=team;calls=12/day",
            ("PROFILES", "team: calls=20/day"),
            ("BUDGET", "calls=30/day;calls=40/day")
        );
        Assert.Equal(12, await CountAsync(gateway, Token));
    }

    [Fact]
    public async Task Reading_a_resource_counts_as_a_call_does()
    {
        await using var gateway = await StartAsync("calls=2/day");
        Assert.Contains("done: resource", await ReadAsync(), StringComparison.Ordinal);
        Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
        Assert.Contains("The budget calls=2/day of 'n8n' is used up", await ReadAsync(), StringComparison.Ordinal);
        Assert.Equal(2, log.Uses.Count);

        async Task<string> ReadAsync()
        {
            using var response = await gateway.PostAsync(
                """{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"book://emma"}}""",
                Token
            );
            return await response.TextAsync();
        }
    }

    [Fact]
    public async Task Calls_at_once_wait_for_each_others_tokens_instead_of_being_refused()
    {
        await using var gateway = await StartAsync("tokens=30000/day");
        // Each may have 25,000 tokens of answer, and has few.
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => CallAsync(gateway)));
        Assert.All(answers, answer => Assert.StartsWith("done", answer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Africa/Cairo", "2026-04-23T20:00:00Z", "2026-04-24 01:00", "2026-04-23T22:00:00Z")] // Clocks go from 0 to 1.
    [InlineData("America/Havana", "2026-10-31T20:00:00Z", "2026-11-01 00:00", "2026-11-01T04:00:00Z")] // Midnight comes twice.
    [InlineData("Europe/Zurich", "2026-03-28T23:30:00Z", "2026-03-30 00:00", "2026-03-29T22:00:00Z")] // A day of 23 hours.
    [InlineData("Europe/Zurich", "2026-10-24T22:30:00Z", "2026-10-26 00:00", "2026-10-25T23:00:00Z")] // A day of 25 hours.
    [InlineData("Australia/Lord_Howe", "2026-04-04T13:30:00Z", "2026-04-06 00:00", "2026-04-05T13:30:00Z")] // By half an hour.
    public async Task A_day_has_as_many_hours_as_clocks_give_it(string zone, string now, string told, string next)
    {
        time.AdjustTime(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        await using var gateway = await StartAsync("calls=1/day", ("TIME_ZONE", zone));
        Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
        Assert.Contains($"it begins anew at {told} ({zone}).", await CallAsync(gateway), StringComparison.Ordinal);
        time.AdjustTime(DateTimeOffset.Parse(next, CultureInfo.InvariantCulture).AddSeconds(-1));
        Assert.StartsWith("The budget", await CallAsync(gateway), StringComparison.Ordinal);
        time.AdjustTime(DateTimeOffset.Parse(next, CultureInfo.InvariantCulture));
        Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_gives_nothing_back()
    {
        await using var gateway = await StartAsync("calls=2/day");
        Assert.Equal(2, await CountAsync(gateway, Token));
        time.AdjustTime(time.GetUtcNow().AddHours(-3));
        Assert.Equal(0, await CountAsync(gateway, Token));
    }

    [Fact]
    public async Task A_call_that_does_not_run_costs_nothing()
    {
        await using var gateway = await StartAsync("calls=2/day;deny=delete_*");
        Assert.Contains("not among", await CallAsync(gateway, tool: "delete_book"), StringComparison.Ordinal);
        Assert.Contains("cursor", await CallAsync(gateway, tool: "read_more"), StringComparison.Ordinal);
        Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
        Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_of_answers_are_exact_within_one_answer()
    {
        await using var gateway = await StartAsync("tokens=50000/day", ("ANSWER_TOKENS", "4000"));
        await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(async _ =>
                {
                    for (var i = 0; i < 3; i++)
                    {
                        await CallAsync(gateway, tool: "long_book");
                    }
                })
        );
        var refusal = "";
        for (var more = 0; more < MostCalls && !refusal.StartsWith("The budget", StringComparison.Ordinal); more++)
        {
            refusal = await CallAsync(gateway, tool: "long_book");
        }

        Assert.StartsWith("The budget tokens=50000/day", refusal, StringComparison.Ordinal);
        var spent = (await gateway.ReadAuditAsync())
            .Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("outcome").GetString() == "ok")
            .Sum(line => line.GetProperty("tokens").GetInt64());
        Assert.InRange(spent, 50_000, 54_500);
    }

    [Fact]
    public async Task All_callers_together_have_a_budget_besides()
    {
        await using var gateway = await StartAsync("calls=5/day", ("BUDGET", "calls=7/day"));
        var first = await CountAsync(gateway, Token);
        var second = await CountAsync(gateway, Other);
        Assert.Equal((5, 2), (first, second));
        Assert.StartsWith("The budget calls=7/day of 'all callers' is used up", await CallAsync(gateway, Other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Near_its_end_a_budget_is_told_in_each_answer()
    {
        await using var gateway = await StartAsync("calls=10/day");
        for (var i = 1; i <= 10; i++)
        {
            using var response = await gateway.PostAsync(SpecService.Call("search_books"), Token);
            var said = (await response.JsonAsync())["result"]!["content"]!
                .AsArray()
                .Select(block => block!["text"]!.GetValue<string>())
                .ToList();
            Assert.Equal(i >= 9 ? 2 : 1, said.Count);
            if (i >= 9)
            {
                Assert.Equal($"Budget: {i} of calls=10/day are used by 'n8n', until 2026-11-02 00:00 (UTC).", said[1]);
            }
        }
    }

    [Theory]
    [InlineData("calls=many/day", "'calls=many/day' is not a budget")]
    [InlineData("calls=0/day", "'calls=0/day' is not a budget")]
    [InlineData("calls=-5/day", "'calls=-5/day' is not a budget")]
    [InlineData("calls=5", "'calls=5' is not a budget")]
    [InlineData("calls=5/week", "'calls=5/week' is not a budget")]
    [InlineData("calls=5/call", "'calls=5/call' is not a budget")]
    [InlineData("credits=5/day", "has credits=5/day, and calls of spec-mcp cost no credits")]
    public async Task A_wrong_budget_stops_the_start(string budget, string said)
    {
        foreach (
            var settings in ((string, string)[][])
                [
                    [],
                    [("BUDGET", budget)],
                ]
        )
        {
            var problem = await Assert.ThrowsAsync<SettingException>(() => StartAsync(settings.Length == 0 ? budget : "read", settings));
            Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_budget_of_all_holds_nothing_but_budgets()
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => StartAsync("read", ("BUDGET", "calls=5/day;read")));
        Assert.StartsWith("BUDGET holds rights", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_counted_does_not_run()
    {
        await using var gateway = await StartAsync("calls=5/day");
        await CallAsync(gateway);
        var file = Path.Combine(data, "state.db");
        File.Move(file, file + ".away");
        Assert.Contains("cannot count this call", await CallAsync(gateway), StringComparison.Ordinal);
        Assert.Single(log.Uses);
        File.Move(file + ".away", file);
        Assert.StartsWith("done", await CallAsync(gateway), StringComparison.Ordinal);
    }

    private Task<Gateway> StartAsync(string budget, params (string, string)[] settings) =>
        RightsService.StartAsync(
            log,
            time,
            [("DATA_PATH", data), ("MCP_BEARER_TOKENS", $"n8n={Token};{budget},other={Other}"), ("RATE_LIMIT_PER_SECOND", "0"), .. settings]
        );

    private static async Task<int> CountAsync(Gateway gateway, string token)
    {
        var ran = 0;
        while (ran < MostCalls && (await CallAsync(gateway, token)).StartsWith("done", StringComparison.Ordinal))
        {
            ran++;
        }

        return ran;
    }

    private static async Task<string> CallAsync(Gateway gateway, string token = Token, string tool = "search_books")
    {
        using var response = await gateway.PostAsync(SpecService.Call(tool), token);
        return await response.ToolTextAsync();
    }
}
