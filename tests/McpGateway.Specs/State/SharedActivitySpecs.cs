using System.Text;
using System.Text.Json;
using McpGateway.State;
using McpGateway.State.Activities;
using McpGateway.State.Database;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs.State;

/// <summary>The console of each instance shows what callers did at all that share its state.</summary>
public sealed class SharedActivitySpecs(SharedDatabase database) : IClassFixture<SharedDatabase>
{
    private readonly RunningClock time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_of_every_instance_are_listed_and_added_up_at_every_other()
    {
        var url = await database.CreateAsync();
        await using var first = await StartAsync(url);
        await using var second = await StartAsync(url);
        await CallAsync(first, "ana", "echo");
        await CallAsync(second, "ana", "echo");
        await CallAsync(second, "n8n", "nonexistent");
        foreach (var gateway in new[] { first, second, first })
        {
            await EventsOf(gateway).FindAsync(new(), 1, null, Cancellation);
        }

        using var browser = await OperatorBrowser.SignInAsync(first);
        var page = await browser.ReadAsync("/console/activity?event=calls");
        Assert.Equal(3, page.Split("<tr data-id=").Length - 1);
        var overview = await browser.ReadAsync("/console?range=24h");
        Assert.Contains("<span class=\"figure\">3</span>", overview, StringComparison.Ordinal);
        Assert.Contains("failed or refused, 33.3%", overview, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/console/activity?name=echo\">echo</a></td><td>2</td><td>0</td>", overview, StringComparison.Ordinal);

        var calls = new ActivityFilter { CallsOnly = true };
        var here = await EventsOf(first).FindAsync(calls, 100, null, Cancellation);
        Assert.Equal(here, await EventsOf(second).FindAsync(calls, 100, null, Cancellation));
        Assert.Equal(here.Take(2), await EventsOf(second).FindSinceAsync(calls, here[2].Id, 100, Cancellation));
        foreach (
            var (filter, expected) in new[]
            {
                (calls, 3L),
                (new ActivityFilter { Caller = "ana" }, 2L),
                (
                    new ActivityFilter
                    {
                        Name = "echo",
                        From = time.GetUtcNow().AddDays(-40),
                        Until = time.GetUtcNow().AddDays(40),
                    },
                    2L
                ),
                (new ActivityFilter { Outcome = "refused" }, 1L),
                (new ActivityFilter { Event = "console_opened" }, 0L),
            }
        )
        {
            var totals = await EventsOf(second).AddUpAsync(filter, Cancellation);
            Assert.Equal(expected, totals.Hours.Sum(hour => hour.Sum.Calls));
            Assert.Equal(expected, totals.Callers.Sum(caller => caller.Sum.Calls));
            Assert.Equal(expected, totals.Names.Sum(name => name.Sum.Latencies.Sum()));
        }

        var names = await EventsOf(second).NamesAsync(Cancellation);
        Assert.Equal(["ana", "n8n"], names.Callers.Intersect(["ana", "n8n"]));
        Assert.Empty(Directory.GetFiles(first.Folder, "activity.db*"));
    }

    [Fact]
    public async Task Two_that_write_thousands_at_once_lose_and_double_none()
    {
        var url = await database.CreateAsync();
        await using var first = await StartAsync(url);
        await using var second = await StartAsync(url);
        await Task.WhenAll(
            new[] { first, second }.Select(async gateway =>
            {
                for (var i = 0; i < 4; i++)
                {
                    for (var tool = 0; tool < 5; tool++)
                    {
                        Note(gateway, $"tool {tool}", count: 100);
                    }

                    await EventsOf(gateway).FindAsync(new(), 1, null, Cancellation);
                }
            })
        );
        var events = await EventsOf(first).FindAsync(new() { Caller = "c" }, 10_000, null, Cancellation);
        Assert.Equal(4_000, events.Select(e => e.Id).Distinct().Count());
        Assert.Equal(4_000, (await EventsOf(second).AddUpAsync(new() { Caller = "c" }, Cancellation)).Hours.Sum(hour => hour.Sum.Calls));
        Assert.Equal(5, events.Select(e => e.Name).Distinct().Count());
    }

    [Fact]
    public async Task Names_of_any_length_and_with_any_character_are_kept()
    {
        await using var gateway = await StartAsync(await database.CreateAsync());
        var odd = string.Concat(Enumerable.Range(0, 9_000).Select(i => $"{i:x}")) + "\0\u202E😀";
        Note(gateway, odd, odd);
        Note(gateway, odd, odd);
        Note(gateway, "plain");
        var events = await EventsOf(gateway).FindAsync(new() { CallsOnly = true }, 10, null, Cancellation);
        Assert.Equal(3, events.Count);
        Assert.Equal("plain", events[0].Name);
        Assert.EndsWith("\uFFFD\u202E😀", events[1].Caller, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_older_than_the_days_is_forgotten_and_what_is_too_much_as_well()
    {
        await using var gateway = await StartAsync(await database.CreateAsync(), ("ACTIVITY_DAYS", "7"), ("ACTIVITY_MB", "5"));
        Note(gateway, "old");
        Assert.Single(await EventsOf(gateway).FindAsync(new(), 10, null, Cancellation));
        time.Advance(TimeSpan.FromDays(8));
        for (var i = 0; i < 3; i++)
        {
            Note(gateway, $"new {i}", count: 15_000);
            time.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty(await EventsOf(gateway).FindAsync(new() { Name = "old" }, 10, null, Cancellation));
        }

        // At 200 bytes each there are 25,000 in 5 MB; the oldest 20,000 went.
        Assert.Equal(25_000, (await EventsOf(gateway).FindAsync(new(), 100_000, null, Cancellation)).Count);
    }

    [Fact]
    public async Task What_comes_while_the_database_is_away_is_there_afterwards()
    {
        await using var gateway = await StartAsync(await database.CreateAsync());
        Note(gateway, "before");
        await EventsOf(gateway).FindAsync(new(), 1, null, Cancellation);
        await database.Server.KillAsync();
        try
        {
            Note(gateway, "meanwhile");
            await time.WhileAsync(Assert.ThrowsAsync<StateException>(() => EventsOf(gateway).FindAsync(new(), 1, null, Cancellation)));
        }
        finally
        {
            await database.Server.StartServerAsync();
        }

        IReadOnlyList<ActivityEvent> events = [];
        await Eventually.IsAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                try
                {
                    events = await EventsOf(gateway).FindAsync(new() { Caller = "c" }, 10, null, Cancellation);
                    return true;
                }
                catch (StateException)
                {
                    return false;
                }
            },
            "It does not come back by itself."
        );
        Assert.Equal(["meanwhile", "before"], events.Select(e => e.Name));
    }

    private static Activity EventsOf(Gateway gateway) => gateway.Services.GetRequiredService<Activity>();

    /// <summary>Notes calls as the audit log tells of them, without making them.</summary>
    private void Note(Gateway gateway, string tool, string caller = "c", int count = 1)
    {
        var line = JsonSerializer.Serialize(
            new
            {
                time = time.GetUtcNow(),
                @event = ActivityEvent.ToolCall,
                caller,
                tool,
                outcome = "ok",
                ms = 1.5,
            }
        );
        EventsOf(gateway).Note(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"{line}\n", count))));
    }

    private static async Task CallAsync(Gateway gateway, string caller, string tool)
    {
        using var response = await gateway.PostAsync(SpecService.Call(tool, """{"text":"x"}"""), $"token-of-{caller}-0123456789");
        response.EnsureSuccessStatusCode();
    }

    private Task<Gateway> StartAsync(string url, params (string Name, string Value)[] settings) =>
        SpecService.StartAsync(
            time: time,
            settings:
            [
                ("STATE", url),
                ("OPERATOR_SECRET", OperatorBrowser.Secret),
                ("MCP_BEARER_TOKENS", "ana=token-of-ana-0123456789,n8n=token-of-n8n-0123456789"),
                .. settings,
            ]
        );
}
