using System.Net;
using System.Text.Json;
using McpGateway.Auditing;
using McpGateway.State;
using McpGateway.State.Activities;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.Console;

/// <summary>What callers did is remembered for the operator: who, what, when, how it ended; never with which arguments.</summary>
public sealed class ActivitySpecs
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_operator_finds_what_a_caller_did_yesterday()
    {
        await using var gateway = await StartAsync();
        await CallAsync(gateway, "ana", "echo", """{"text":"a secret of Ana's"}""");
        await CallAsync(gateway, "n8n", "nonexistent");
        time.Advance(TimeSpan.FromDays(1));
        await CallAsync(gateway, "ana", "echo", """{"text":"today"}""");
        using var browser = await OperatorBrowser.SignInAsync(gateway);

        var page = await browser.ReadAsync("/console/activity?caller=ana&from=2026-11-20&until=2026-11-20");
        Assert.Equal(1, RowsOf(page));
        Assert.Contains("title=\"2026-11-20 12:00:00 (UTC)\">1 day ago</time>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"tag ok\">ok</span>", page, StringComparison.Ordinal);
        Assert.Contains("caller=ana&amp;name=echo", page, StringComparison.Ordinal);
        Assert.Equal(2, RowsOf(await browser.ReadAsync("/console/activity?caller=ana")));
        Assert.Equal(3, RowsOf(await browser.ReadAsync("/console/activity?event=calls")));
        Assert.Equal(1, RowsOf(await browser.ReadAsync("/console/activity?outcome=refused")));
        Assert.Equal(1, RowsOf(await browser.ReadAsync("/console/activity?event=console_opened")));

        foreach (var file in Directory.GetFiles(gateway.Folder, "activity.db*"))
        {
            Assert.DoesNotContain("a secret of Ana", await ReadAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_overview_adds_up_calls_errors_and_tokens_by_tool_and_caller()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await CallAsync(gateway, "ana", "echo", """{"text":"x"}""");
        }

        await CallAsync(gateway, "n8n", "nonexistent");
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        foreach (var range in (string[])["24h", "30d"])
        {
            var page = await browser.ReadAsync($"/console?range={range}");
            Assert.Contains("All is well.", page, StringComparison.Ordinal);
            Assert.Contains("<span class=\"figure\">4</span>", page, StringComparison.Ordinal);
            Assert.Contains("failed or refused, 25%", page, StringComparison.Ordinal);
            Assert.Contains("4 calls, 1 error</title>", page, StringComparison.Ordinal);
            Assert.Contains("<a href=\"/console/activity?name=echo\">echo</a></td><td>3</td><td>0</td>", page, StringComparison.Ordinal);
            Assert.Contains("<a href=\"/console/activity?caller=n8n\">n8n</a></td><td>1</td><td>1</td>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_comes_faster_than_it_can_be_kept_is_left_out_and_told()
    {
        await using var gateway = await StartAsync();
        var activity = gateway.Services.GetRequiredService<Activity>();
        activity.Note(Lines(20_100, i => time.GetUtcNow().AddMilliseconds(i / 100)));
        await activity.FindAsync(new(), 1, null, Cancellation);

        Assert.Contains(gateway.Logs.Lines, line => line.Contains("The console lacks 100 events", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_lead_from_the_newest_to_the_oldest_without_a_gap_and_a_follower_gets_what_is_new()
    {
        await using var gateway = await StartAsync();
        var activity = gateway.Services.GetRequiredService<Activity>();
        // Many within one millisecond.
        activity.Note(Lines(250, i => time.GetUtcNow().AddMilliseconds(i / 100)));
        var seen = new List<long>();
        for (ActivityEvent? last = null; seen.Count < 250; )
        {
            var events = await activity.FindAsync(new() { Caller = "c" }, 60, last, Cancellation);
            Assert.NotEmpty(events);
            seen.AddRange(events.Select(e => e.Id));
            last = events[^1];
        }

        Assert.Equal(Enumerable.Range(1, 250).Select(id => (long)id).Reverse(), seen);
        activity.Note(Lines(2, _ => time.GetUtcNow().AddDays(-1)));
        Assert.Equal([252, 251], (await activity.FindSinceAsync(new(), 250, 100, Cancellation)).Select(e => e.Id));
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        Assert.Equal(2, RowsOf(await browser.ReadAsync("/console/activity?caller=c&after=250")));
        var page = await browser.ReadAsync("/console/activity?caller=c");
        Assert.Equal(100, RowsOf(page));
        Assert.Contains("rel=\"next\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_older_than_the_days_is_forgotten_and_what_is_too_much_as_well()
    {
        await using var gateway = await StartAsync(("ACTIVITY_DAYS", "7"), ("ACTIVITY_MB", "5"));
        var activity = gateway.Services.GetRequiredService<Activity>();
        activity.Note(Lines(10, _ => time.GetUtcNow()));
        Assert.Equal(10, (await activity.FindAsync(new(), 100, null, Cancellation)).Count);
        time.Advance(TimeSpan.FromDays(8));
        activity.Note(Lines(1, _ => time.GetUtcNow()));
        Assert.Single(await activity.FindAsync(new(), 100, null, Cancellation));
        Assert.Equal(1, (await activity.AddUpAsync(new(), Cancellation)).Hours.Sum(hour => hour.Sum.Calls));

        for (var batch = 0; batch < 12; batch++)
        {
            activity.Note(Lines(20_000, i => time.GetUtcNow().AddMilliseconds(i)));
            Assert.NotEmpty(await activity.FindAsync(new(), 1, null, Cancellation));
            time.Advance(TimeSpan.FromMinutes(1));
        }

        var size = new FileInfo(Path.Combine(gateway.Folder, "activity.db")).Length;
        Assert.InRange(size, 3_000_000, 8_000_000);
        // The newest are there.
        Assert.Equal(
            time.GetUtcNow().AddMinutes(-1).AddMilliseconds(19_999),
            (await activity.FindAsync(new(), 1, null, Cancellation))[0].Time
        );
    }

    [Fact]
    public async Task Events_outlive_a_restart_and_a_damaged_file_begins_anew()
    {
        using var folder = new TemporaryFolder();
        foreach (var expected in (int[])[1, 2])
        {
            await using var gateway = await StartAsync(("DATA_PATH", folder.Path));
            await CallAsync(gateway, "ana", "echo", """{"text":"x"}""");
            Assert.Equal(expected, (await FindCallsAsync(gateway)).Count);
        }

        foreach (var file in Directory.GetFiles(folder.Path, "activity.db*"))
        {
            await File.WriteAllTextAsync(file, new string('x', 8192), Cancellation);
        }

        await using var after = await StartAsync(("DATA_PATH", folder.Path));
        await CallAsync(after, "ana", "echo", """{"text":"x"}""");
        Assert.Single(await FindCallsAsync(after));
    }

    [Fact]
    public async Task With_no_days_nothing_is_kept_and_the_pages_say_so()
    {
        await using var gateway = await StartAsync(("ACTIVITY_DAYS", "0"));
        await CallAsync(gateway, "ana", "echo", """{"text":"x"}""");
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        foreach (var path in (string[])["/console", "/console/activity"])
        {
            Assert.Contains(
                "Nothing is kept of what callers do (ACTIVITY_DAYS=0).",
                await browser.ReadAsync(path),
                StringComparison.Ordinal
            );
        }

        Assert.Empty(Directory.GetFiles(gateway.Folder, "activity.db*"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_harms_no_call()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "activity.db"));
        await using var gateway = await StartAsync(("DATA_PATH", folder.Path));
        await CallAsync(gateway, "ana", "echo", """{"text":"x"}""");
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        await browser.ReadAsync("/console/activity");
        Assert.Contains(gateway.Logs.Lines, line => line.Contains("is not kept for the console at present", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_holds_every_event_of_the_filter_and_no_formula()
    {
        await using var gateway = await StartAsync();
        await CallAsync(gateway, "ana", "echo", """{"text":"x"}""");
        await CallAsync(gateway, "ana", "=HYPERLINK(\\\"https://evil.example\\\")");
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        var csv = (await browser.ReadAsync("/console/activity/export?form=csv&caller=ana")).TrimEnd().Split("\r\n");
        Assert.Equal(3, csv.Length);
        Assert.Equal("time,event,caller,name,outcome,ms,bytes,tokens,credits,detail", csv[0]);
        Assert.Contains(",tool_call,ana,\"'=HYPERLINK(\"\"https://evil.example\"\")\",refused,", csv[1], StringComparison.Ordinal);
        Assert.StartsWith("2026-11-20T12:00:00.0000000+00:00,tool_call,ana,echo,ok,", csv[2], StringComparison.Ordinal);
        var lines = (await browser.ReadAsync("/console/activity/export?form=jsonl&caller=ana")).TrimEnd().Split('\n');
        Assert.Equal(
            ["=HYPERLINK(\"https://evil.example\")", "echo"],
            lines.Select(line => JsonElement.Parse(line).GetProperty("name").GetString())
        );
    }

    [Theory]
    [InlineData("=1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(1)")]
    public async Task Whatever_a_spreadsheet_would_compute_is_text_in_an_export(string name)
    {
        await using var gateway = await StartAsync();
        await CallAsync(gateway, "ana", name);
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        Assert.Contains($",ana,\"'{name}\",", await browser.ReadAsync("/console/activity/export?caller=ana"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=yesterday", "'from' is not a day")]
    [InlineData("until=2026-02-30", "'until' is not a day")]
    [InlineData("before=x", "'before' does not name an event")]
    [InlineData("after=-1", "'after' does not name an event")]
    [InlineData("before=9999999999999999999-1", "'before' does not name an event")]
    public async Task A_question_that_means_nothing_is_told_so(string query, string problem)
    {
        await using var gateway = await StartAsync();
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        using var response = await browser.GetAsync($"/console/activity?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(problem, WebUtility.HtmlDecode(await response.TextAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_never_become_markup()
    {
        await using var gateway = await StartAsync();
        const string hostile = "</td><script>alert(1)</script>\u202E";
        gateway
            .Services.GetRequiredService<AuditLog>()
            .Write(
                "tool_call",
                hostile,
                line =>
                {
                    line.WriteName("tool", hostile);
                    line.WriteString("outcome", hostile);
                    line.WriteString("reason", hostile);
                }
            );
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        foreach (var path in (string[])["/console", "/console/activity", $"/console/activity?caller={Uri.EscapeDataString(hostile)}"])
        {
            var page = await browser.ReadAsync(path);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("</td><script", page, StringComparison.Ordinal);
        }
    }

    private Task<Gateway> StartAsync(params (string Name, string Value)[] settings) =>
        SpecService.StartAsync(
            time: time,
            settings:
            [
                ("OPERATOR_SECRET", OperatorBrowser.Secret),
                ("MCP_BEARER_TOKENS", "ana=token-of-ana-0123456789,n8n=token-of-n8n-0123456789"),
                .. settings,
            ]
        );

    private static async Task CallAsync(Gateway gateway, string caller, string tool, string arguments = "{}")
    {
        using var response = await gateway.PostAsync(SpecService.Call(tool, arguments), $"token-of-{caller}-0123456789");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Task<IReadOnlyList<ActivityEvent>> FindCallsAsync(Gateway gateway) =>
        gateway.Services.GetRequiredService<Activity>().FindAsync(new() { CallsOnly = true }, 100, null, Cancellation);

    private static int RowsOf(string page) => page.Split("<tr data-id=").Length - 1;

    private static byte[] Lines(int count, Func<int, DateTimeOffset> at) =>
        System.Text.Encoding.UTF8.GetBytes(
            string.Concat(
                Enumerable
                    .Range(0, count)
                    .Select(i =>
                        $$"""{"time":"{{at(i):O}}","service":"s","event":"tool_call","caller":"c","tool":"t{{i % 7}}","outcome":"ok","ms":{{i % 50}}.5,"bytes":1,"tokens":2,"trace":null}"""
                        + "\n"
                    )
            )
        );

    // SQLite has it open for writing.
    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await text.ReadToEndAsync(Cancellation);
    }
}
