using McpGateway.Testing;
using static Firecrawl.Specs.LongAnswers;

namespace Firecrawl.Specs;

/// <summary>The rest of a long answer is kept for a while, for the caller it belongs to.</summary>
public sealed class KeptAnswerSpecs
{
    [Fact]
    public async Task A_cursor_may_be_read_again_by_whoever_got_no_answer()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", Json(new { data = new { summary = Text(300_000) } }));
        var cursor = Cursor(await CallAsync(firecrawl, "firecrawl_scrape", Scrape));
        Assert.Equal(
            (await CallAsync(firecrawl, "firecrawl_read_more", cursor)).ToJsonString(),
            (await CallAsync(firecrawl, "firecrawl_read_more", cursor)).ToJsonString()
        );
    }

    [Fact]
    public async Task Another_caller_does_not_get_the_rest()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("MCP_BEARER_TOKENS", $"ann={FirecrawlGateway.Caller},bob=bob-secret-0123456789abcdef0123456789abcdef"),
            ("MCP_BEARER_TOKEN", null)
        );
        firecrawl.On("POST /scrape", Json(new { data = new { summary = Text(300_000) } }));
        var cursor = Cursor(await CallAsync(firecrawl, "firecrawl_scrape", Scrape));
        await using var bob = await SpecClient.ConnectAsync(
            firecrawl.Gateway,
            "bob-secret-0123456789abcdef0123456789abcdef",
            firecrawl.Time
        );
        Assert.Contains(
            "is invalid or has expired",
            (await bob.CallAsync("firecrawl_read_more", cursor, cancellationToken: TestContext.Current.CancellationToken)).Error,
            StringComparison.Ordinal
        );
        Assert.False((await firecrawl.CallAsync("firecrawl_read_more", cursor)).IsError);
    }

    [Fact]
    public async Task The_rest_is_kept_for_15_minutes_after_its_last_reading_and_then_the_caller_is_told_what_to_do()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", Json(new { data = new { summary = Text(300_000) } }));
        var cursor = Cursor(await CallAsync(firecrawl, "firecrawl_scrape", Scrape));
        for (var reading = 0; reading < 3; reading++)
        {
            firecrawl.Time.Advance(TimeSpan.FromMinutes(14));
            Assert.False((await firecrawl.CallAsync("firecrawl_read_more", cursor)).IsError);
        }

        firecrawl.Time.Advance(TimeSpan.FromMinutes(16));
        var told = (await firecrawl.CallAsync("firecrawl_read_more", cursor)).Error;
        Assert.Contains("the result is gone", told, StringComparison.Ordinal);
        Assert.Contains("Call the tool again", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_is_bounded_and_the_oldest_goes_first()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", Json(new { data = new { summary = new string('x', 12_000_000) } }));
        var cursors = new List<string>();
        for (var page = 0; page < 3; page++)
        {
            cursors.Add(Cursor(await CallAsync(firecrawl, "firecrawl_scrape", Scrape)));
            // What was used at the same instant has no order.
            firecrawl.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True((await firecrawl.CallAsync("firecrawl_read_more", cursors[0])).IsError);
        Assert.False((await firecrawl.CallAsync("firecrawl_read_more", cursors[2])).IsError);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0123456789abcdef0123456789abcdef.0")]
    [InlineData("0123456789abcdef0123456789abcdef.-1")]
    [InlineData("0123456789abcdef0123456789abcdef.99999999999")]
    public async Task A_cursor_of_the_callers_own_leads_nowhere(string cursor)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.StartsWith(
            $"cursor='{cursor}' is invalid or has expired",
            (await firecrawl.CallAsync("firecrawl_read_more", Json(new { cursor }))).Error,
            StringComparison.Ordinal
        );
    }
}
