using System.Globalization;
using System.Text.Json;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Http;

namespace Firecrawl.Specs;

/// <summary>An operator's own Firecrawl, which may be as old as 2.0 (August 2025).</summary>
public sealed class SelfHostedSpecs
{
    private const string Site = """{"url":"https://a.example"}""";

    [Fact]
    public async Task A_crawl_is_started_without_a_key_that_only_the_cloud_knows_and_not_started_twice()
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync();
        firecrawl.On("POST /crawl", """{"success":false,"error":"An unexpected error occurred"}""", 500);
        Assert.True((await firecrawl.CallAsync("firecrawl_crawl", Site)).IsError);
        Assert.Single(firecrawl.Requests);
        Assert.DoesNotContain("x-idempotency-key", firecrawl.Api.Received[0].Headers.Keys);
    }

    [Theory]
    [InlineData(40, 7)]
    [InlineData(121, 121)]
    [InlineData(3, 1)]
    public async Task Pages_come_once_from_a_server_that_ignores_skip_and_limit(int pages, int perPoll)
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync();
        ServeFirstVersion(firecrawl, pages, perPoll);
        var answer = await firecrawl.ReadAsync("firecrawl_crawl", """{"url":"https://a.example","limit":200}""");
        Assert.Equal(Enumerable.Range(0, pages), Numbers(answer));
        Assert.False(answer.TryGetProperty("pages", out _));
        Assert.False(answer.TryGetProperty("cursor", out _));
    }

    [Fact]
    public async Task A_cursor_leads_on_at_a_server_that_ignores_skip_also_after_a_restart_of_the_gateway()
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync();
        ServeFirstVersion(firecrawl, pages: 50, perPoll: 50);
        Assert.Equal(
            Enumerable.Range(30, 20),
            Numbers(await firecrawl.ReadAsync("firecrawl_check_crawl_status", """{"id":"c1","cursor":"30"}"""))
        );
    }

    [Fact]
    public async Task Pages_that_such_a_server_never_hands_out_are_not_lost_unsaid()
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync();
        ServeFirstVersion(firecrawl, pages: 30, perPoll: 30, most: 25);
        firecrawl.On("GET /crawl/c1/errors", """{"errors":[],"robotsBlocked":[]}""");
        var answer = await firecrawl.ReadAsync("firecrawl_crawl", Site);
        Assert.Equal(Enumerable.Range(0, 25), Numbers(answer));
        Assert.Equal("""{"asked":30,"done":25,"failed":0,"forbidden":0,"missing":5}""", answer.GetProperty("pages").GetRawText());
        Assert.EndsWith(
            "This Firecrawl hands out the first 10 MB of a job only: ask for fewer pages, or have the operator update it.",
            answer.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_errors_of_a_batch_come_by_the_path_of_crawls_where_there_is_no_other()
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync();
        firecrawl
            .On("GET /batch/scrape/b1/errors", "<pre>Cannot GET</pre>", 404)
            .On("GET /crawl/b1/errors", """{"errors":[{"url":"https://a.example","error":"gone"}],"robotsBlocked":[]}""");
        var errors = await firecrawl.ReadAsync("firecrawl_job_errors", """{"kind":"batch","id":"b1"}""");
        Assert.Equal("gone", errors.GetProperty("errors")[0].GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","redactPII":true}""", "redactPII")]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","formats":["markdown","branding"]}""", "formats 'branding'")]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","pdfOptions":{"maxPages":3}}""", "parsers with options")]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","proxy":"enhanced"}""", "proxy 'enhanced'")]
    [InlineData("firecrawl_map", """{"url":"https://a.example","location":{"country":"DE"}}""", "location")]
    [InlineData("firecrawl_search", """{"query":"q","includeDomains":["a.example"]}""", "includeDomains")]
    [InlineData("firecrawl_map", """{"url":"https://a.example","headers":{"A":"b"}}""", "headers")]
    [InlineData("firecrawl_extract", """{"urls":["https://a.example"],"webhook":"https://b.example"}""", "webhook")]
    [InlineData("firecrawl_search", """{"query":"q","categories":["pdf"]}""", "categories 'pdf'")]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","sitemap":"only"}""", "sitemap 'only'")]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","scrapeOptions":{"lockdown":true}}""", "scrapeOptions.lockdown")]
    public async Task What_a_2_0_does_not_know_is_named_and_not_sent(string tool, string arguments, string field)
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl.On("GET /team/queue-status", "<pre>Cannot GET</pre>", 404);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.StartsWith(
                $"{field} is refused: the Firecrawl behind this gateway is a 2.0",
                (await firecrawl.CallAsync(tool, arguments)).Error!.Replace(" (its name there is 'stealth')", "", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        }

        Assert.Equal(["GET /team/queue-status"], firecrawl.Requests);
    }

    [Fact]
    public async Task A_later_server_is_asked_once_what_it_is_and_gets_everything()
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync();
        firecrawl
            .On("GET /team/queue-status", """{"success":true,"jobsInQueue":0}""")
            .On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""");
        await firecrawl.ReadAsync("firecrawl_scrape", """{"url":"https://a.example","redactPII":true}""");
        await firecrawl.ReadAsync("firecrawl_scrape", """{"url":"https://a.example","redactPII":true}""");
        Assert.Equal(["GET /team/queue-status", "POST /scrape", "POST /scrape"], firecrawl.Requests);
    }

    [Fact]
    public async Task The_operator_may_tell_the_version()
    {
        await using var old = await FirecrawlGateway.StartSelfHostedAsync(("FIRECRAWL_VERSION", "v2.0.1"));
        Assert.Contains(
            "is a 2.0",
            (await old.CallAsync("firecrawl_scrape", """{"url":"https://a.example","lockdown":true}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(old.Requests);
        await using var later = await FirecrawlGateway.StartSelfHostedAsync(("FIRECRAWL_VERSION", "2.11.162"));
        later.On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""");
        await later.ReadAsync("firecrawl_scrape", """{"url":"https://a.example","lockdown":true}""");
        Assert.Single(later.Requests);
    }

    [Theory]
    [InlineData("FIRECRAWL_VERSION", "newest", "is not a version")]
    [InlineData("FIRECRAWL_API_URL", "http://127.0.0.1:3002/v0/crawl", "use its base, 'http://127.0.0.1:3002/v2'")]
    [InlineData("FIRECRAWL_API_URL", "http://127.0.0.1:3002/fc/v2/scrape", "use its base, 'http://127.0.0.1:3002/fc/v2'")]
    [InlineData("FIRECRAWL_API_URL", "http://127.0.0.1:3002/v1", "use its base, 'http://127.0.0.1:3002/v2'")]
    [InlineData("FIRECRAWL_MAX_CREDITS_PER_CALL", "0", "is too low")]
    [InlineData("FIRECRAWL_ALLOWED_DOMAINS", "https://a.example", "is not a domain")]
    public async Task A_wrong_setting_stops_the_start(string setting, string value, string told)
    {
        var refusal = await Assert.ThrowsAsync<SettingException>(() => FirecrawlGateway.StartSelfHostedAsync((setting, value)));
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_any_shape_is_taken()
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync(("FIRECRAWL_API_KEY", "dummy"));
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""");
        await firecrawl.ReadAsync("firecrawl_scrape", Site);
        Assert.Equal("Bearer dummy", firecrawl.Api.Received[0].Headers["Authorization"]);
        var refusal = await Assert.ThrowsAsync<SettingException>(() =>
            FirecrawlGateway.StartSelfHostedAsync(("FIRECRAWL_API_KEY", "dummy"), ("MCP_BEARER_TOKEN", ""))
        );
        Assert.Contains("set MCP_BEARER_TOKEN (openssl rand -hex 32)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url":"https://a.example","formats":["screenshot"]}""", "has no engine for actions, screenshots, mobile or location")]
    [InlineData("""{"url":"https://a.example","formats":["markdown"]}""", "The page itself is at fault")]
    public async Task What_the_server_has_no_engine_for_is_not_blamed_on_the_page(string arguments, string advice)
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync();
        firecrawl.On("POST /scrape", """{"success":false,"code":"SCRAPE_ALL_ENGINES_FAILED","error":"All engines failed"}""", 500);
        Assert.Contains(advice, (await firecrawl.CallAsync("firecrawl_scrape", arguments)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_scrape_that_is_answered_500_is_asked_for_once()
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync(("FIRECRAWL_TOOLSETS", "results"));
        firecrawl.On("GET /scrape/s1", """{"success":false,"error":"An unexpected error occurred"}""", 500);
        Assert.Contains(
            "check the id",
            (await firecrawl.CallAsync("firecrawl_scrape_result", """{"id":"s1"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Single(firecrawl.Requests);
    }

    /// <summary>A crawl c1 as a 2.0 returns it: always from its first page on, up to its largest response.</summary>
    private static void ServeFirstVersion(FirecrawlGateway firecrawl, int pages, int perPoll, int most = int.MaxValue)
    {
        var ready = 0;
        firecrawl.On("POST /crawl", """{"success":true,"id":"c1"}""");
        firecrawl.Api.On(
            "GET /v2/crawl/c1",
            context =>
            {
                ready = Math.Min(pages, ready + perPoll);
                var skip = int.Parse(context.Request.Query["skip"]!, CultureInfo.InvariantCulture);
                var given = Math.Min(ready, most);
                return context.Response.WriteAsJsonAsync(
                    new
                    {
                        success = true,
                        status = ready < pages ? "scraping" : "completed",
                        total = pages,
                        completed = ready,
                        creditsUsed = ready,
                        next = pages > skip + given ? $"https://elsewhere.example/v2/crawl/c1?skip={skip + given}&limit=20" : null,
                        data = Enumerable
                            .Range(0, given)
                            .Select(n => new
                            {
                                markdown = "x",
                                metadata = new
                                {
                                    n,
                                    sourceURL = $"https://a.example/{n}",
                                    scrapeId = $"s{n}",
                                },
                            }),
                    }
                );
            }
        );
    }

    private static IEnumerable<int> Numbers(JsonElement answer) =>
        answer.GetProperty("data").EnumerateArray().Select(page => page.GetProperty("metadata").GetProperty("n").GetInt32());
}
