using System.Text.Json;

namespace Firecrawl.Specs;

/// <summary>What callers may spend at Firecrawl, and what is counted.</summary>
public sealed class CreditSpecs
{
    private const string Page = """{"success":true,"data":{"markdown":"hi","metadata":{"statusCode":200,"creditsUsed":5}}}""";

    [Theory]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","limit":101}""", "credits=100/call", 101)]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","limit":101}""", "credits=100/day", 101)]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example"}""", "credits=49/month", 50)]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","limit":30,"scrapeOptions":{"formats":[{"type":"json","prompt":"x"}]}}""",
        "credits=100/day",
        150
    )]
    [InlineData("firecrawl_agent", """{"prompt":"p"}""", "credits=2499/day", 2500)]
    [InlineData("firecrawl_agent", """{"prompt":"p","maxCredits":101}""", "credits=100/day", 101)]
    [InlineData(
        "firecrawl_batch_scrape",
        """{"urls":["https://a.example","https://b.example","https://c.example"]}""",
        "credits=2/call",
        3
    )]
    [InlineData("firecrawl_search", """{"query":"q","limit":20,"scrapeOptions":{"formats":["markdown"]}}""", "credits=23/day", 24)]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","jsonOptions":{"prompt":"x"},"formats":["json"]}""", "credits=4/call", 5)]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","zeroDataRetention":true}""", "credits=1/call", 2)]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","lockdown":true,"zeroDataRetention":true}""", "credits=4/call", 5)]
    public async Task What_may_cost_more_than_is_left_is_not_sent(string tool, string arguments, string budget, int cost)
    {
        foreach (var settings in Settings(budget))
        {
            await using var firecrawl = await FirecrawlGateway.StartAsync(settings);
            var refusal = (await firecrawl.CallAsync(tool, arguments)).Error;
            Assert.Contains($"This may cost up to {cost} credits", refusal, StringComparison.Ordinal);
            Assert.Contains(budget, refusal, StringComparison.Ordinal);
            Assert.Empty(firecrawl.Requests);
        }
    }

    [Fact]
    public async Task What_was_spent_is_what_the_api_says_and_stands_in_the_audit_line()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("BUDGET", "credits=11/day"));
        firecrawl.On("POST /scrape", Page);
        for (var i = 0; i < 3; i++)
        {
            Assert.False((await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example"}""")).IsError);
        }

        Assert.Contains(
            "The budget credits=11/day of 'all callers' is used up or too small for this (15 used); it begins anew at 2026-01-02 "
                + "00:00 (UTC). Nothing was sent.",
            (await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(3, firecrawl.Requests.Count);
        Assert.Equal(
            [5, 5, 5],
            (await firecrawl.Gateway.ReadAuditAsync())
                .Select(line => JsonElement.Parse(line))
                .Where(line => line.TryGetProperty("credits", out _))
                .Select(line => line.GetProperty("credits").GetInt32())
        );
    }

    [Fact]
    public async Task What_one_budget_refuses_uses_up_no_other()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("MCP_BEARER_TOKEN", ""),
            ("MCP_BEARER_TOKENS", $"n8n={FirecrawlGateway.Caller};credits=10/day"),
            ("BUDGET", "credits=3/day")
        );
        for (var i = 0; i < 4; i++)
        {
            Assert.Contains(
                "The budget credits=3/day of 'all callers'",
                (
                    await firecrawl.CallAsync(
                        "firecrawl_scrape",
                        """{"url":"https://a.example","jsonOptions":{"prompt":"x"},"formats":["json"]}"""
                    )
                ).Error,
                StringComparison.Ordinal
            );
        }
    }

    /// <summary>Firecrawl may have read the page before it gave up.</summary>
    [Fact]
    public async Task A_call_whose_time_was_over_at_the_api_costs_what_it_may_have_cost()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("BUDGET", "credits=5/day"));
        firecrawl.On("POST /scrape", """{"success":false,"error":"Request timed out"}""", 408);
        var told = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            told.Add((await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example"}""")).Error);
        }

        Assert.DoesNotContain("budget", told[0], StringComparison.Ordinal);
        Assert.Contains("The budget credits=5/day", told[5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_was_refused_by_the_api_costs_nothing()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("BUDGET", "credits=5/day"));
        firecrawl.On("POST /scrape", """{"success":false,"error":"no"}""", 400);
        for (var i = 0; i < 6; i++)
        {
            Assert.DoesNotContain(
                "budget",
                (await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example"}""")).Error,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_crawl_counts_as_its_worst_case_until_its_end_says_what_it_cost()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("BUDGET", "credits=100/day"));
        firecrawl.On("POST /crawl", """{"success":true,"id":"c-1","url":"https://api.firecrawl.dev/v2/crawl/c-1"}""");
        firecrawl.On("GET /crawl/c-1", """{"success":true,"status":"scraping","total":9,"completed":0,"creditsUsed":0,"data":[]}""");
        firecrawl.On("GET /crawl/c-1/errors", """{"errors":[],"robotsBlocked":[]}""");
        const string Crawl = """{"url":"https://a.example","limit":98,"waitSeconds":0}""";
        Assert.False((await firecrawl.CallAsync("firecrawl_crawl", Crawl)).IsError);
        Assert.Contains("(98 used)", (await firecrawl.CallAsync("firecrawl_crawl", Crawl)).Error, StringComparison.Ordinal);

        firecrawl.On("GET /crawl/c-1", """{"success":true,"status":"completed","total":9,"completed":0,"creditsUsed":9,"data":[]}""");
        await firecrawl.CallAsync("firecrawl_check_crawl_status", """{"id":"c-1"}""");
        await firecrawl.CallAsync("firecrawl_check_crawl_status", """{"id":"c-1"}""");
        Assert.Contains("(9 used)", (await firecrawl.CallAsync("firecrawl_crawl", Crawl)).Error, StringComparison.Ordinal);
    }

    /// <summary>A browser is paid by its time, which only its end tells.</summary>
    [Fact]
    public async Task A_browser_counts_once_and_as_what_its_end_says()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("BUDGET", "credits=100/day"));
        foreach (var page in (string[])["s1", "s2"])
        {
            firecrawl.On($"POST /scrape/{page}/interact", """{"success":true,"output":"done"}""");
            firecrawl.On($"DELETE /scrape/{page}/interact", """{"success":true,"sessionDurationMs":9000,"creditsBilled":7}""");
        }

        const string First = """{"scrapeId":"s1","prompt":"p"}""";
        const string Second = """{"scrapeId":"s2","prompt":"p"}""";
        Assert.False((await firecrawl.CallAsync("firecrawl_interact", First)).IsError);
        Assert.False((await firecrawl.CallAsync("firecrawl_interact", First)).IsError);
        Assert.Contains("(70 used)", (await firecrawl.CallAsync("firecrawl_interact", Second)).Error, StringComparison.Ordinal);
        await firecrawl.ReadAsync("firecrawl_interact_stop", """{"scrapeId":"s1"}""");
        Assert.False((await firecrawl.CallAsync("firecrawl_interact", Second)).IsError);
    }

    [Fact]
    public async Task No_page_is_paid_for_where_its_browser_cannot_be()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("BUDGET", "credits=70/day"));
        Assert.Contains(
            "This may cost up to 71 credits",
            (await firecrawl.CallAsync("firecrawl_interact", """{"url":"https://a.example","prompt":"p"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task Many_calls_at_once_spend_no_more_than_the_budget()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("BUDGET", "credits=20/day"));
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"hi","metadata":{"statusCode":200,"creditsUsed":1}}}""");
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(_ => firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example"}"""))
        );
        Assert.Equal((20, 20), (replies.Count(reply => !reply.IsError), firecrawl.Requests.Count));
    }

    private static (string, string?)[][] Settings(string budget) =>
        [
            [("MCP_BEARER_TOKEN", ""), ("MCP_BEARER_TOKENS", $"n8n={FirecrawlGateway.Caller};{budget}")],
            [("BUDGET", budget)],
        ];
}
