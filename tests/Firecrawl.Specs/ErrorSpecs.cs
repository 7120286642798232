namespace Firecrawl.Specs;

public sealed class ErrorSpecs
{
    private const string Scrape = """{"url":"https://a.example"}""";
    private const string Page = """{"success":true,"data":{"markdown":"x"}}""";

    [Theory]
    [InlineData(
        402,
        """{"error":"Insufficient credits"}""",
        "Firecrawl returned 402: Insufficient credits. Do not retry as it is: the credits are used up, or fewer are left than a "
            + "crawl's limit requires up front. firecrawl_credit_usage shows the balance and when the plan's next credits come; "
            + "ask for less, or have the operator buy credits or a larger plan at https://www.firecrawl.dev/pricing."
    )]
    [InlineData(
        403,
        """{"success":false,"error":"No","code":"BAD_REQUEST","details":{"why":"x"}}""",
        """Firecrawl returned 403: No (code BAD_REQUEST) Details: {"why":"x"}. The token in FIRECRAWL_API_KEY may not do this."""
    )]
    [InlineData(
        500,
        """{"success":false,"error":"DNS failed","code":"SCRAPE_DNS_RESOLUTION_ERROR"}""",
        "Firecrawl returned 500: DNS failed (code SCRAPE_DNS_RESOLUTION_ERROR). The page itself is at fault: trying again rarely helps and costs credits."
    )]
    [InlineData(
        404,
        "<html>Cannot POST</html>",
        "Firecrawl returned 404. Check the id (results are kept for 24 hours); or this Firecrawl does not offer this: some functions exist in its cloud only."
    )]
    public async Task A_failure_is_told_with_status_code_and_remedy_and_not_retried(int status, string body, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", body, status);
        Assert.Equal(told, (await firecrawl.CallAsync("firecrawl_scrape", Scrape)).Error);
        Assert.Single(firecrawl.Requests);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"error":"busy"}""", status).On("POST /scrape", Page);
        await firecrawl.ReadAsync("firecrawl_scrape", Scrape);
        Assert.Equal(2, firecrawl.Requests.Count);
    }

    [Theory]
    [InlineData("POST /parse", "firecrawl_parse", """{"filePath":"a.csv","content":"YTti"}""")]
    [InlineData("GET /monitor", "firecrawl_monitor_list", "{}")]
    [InlineData("DELETE /monitor/m1", "firecrawl_monitor_delete", """{"id":"m1"}""")]
    [InlineData("GET /crawl/c1/errors", "firecrawl_job_errors", """{"kind":"crawl","id":"c1"}""")]
    [InlineData("POST /search", "firecrawl_search", """{"query":"q"}""")]
    public async Task Whatever_may_be_sent_again_is_sent_again_whole(string request, string tool, string arguments)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl.On(request, """{"error":"busy"}""", 503).On(request, """{"success":true,"data":{"markdown":"x"}}""");
        await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal(2, firecrawl.Requests.Count);
        Assert.Equal(firecrawl.Api.Received[0].Text, firecrawl.Api.Received[1].Text);
    }

    [Fact]
    public async Task A_page_that_firecrawl_goes_on_with_is_to_be_asked_for_again()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On(
            "POST /scrape",
            """{"success":false,"code":"SCRAPE_TIMEOUT","error":"Timed out","details":{"state":"processing_continues"}}""",
            408
        );
        Assert.EndsWith(
            "ask for it again in a minute; it is not started anew.",
            (await firecrawl.CallAsync("firecrawl_scrape", Scrape)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_daily_cap_is_told_with_its_end()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"error":"Daily limit","reason":"credits","retry_after_seconds":4000}""", 429);
        Assert.Contains("Try again in 4000 s", (await firecrawl.CallAsync("firecrawl_scrape", Scrape)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_acted_on_is_not_acted_on_twice()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"error":"busy"}""", 503).On("POST /scrape", Page);
        Assert.True(
            (
                await firecrawl.CallAsync(
                    "firecrawl_scrape",
                    """{"url":"https://a.example","actions":[{"type":"click","selector":"#buy"}]}"""
                )
            ).IsError
        );
        Assert.Single(firecrawl.Requests);
    }

    [Fact]
    public async Task A_short_rate_limit_is_waited_for_and_a_long_one_told()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /scrape", """{"error":"Rate limit exceeded, please retry after 3s, resets at x"}""", 429)
            .On("POST /scrape", Page)
            .On("POST /map", """{"error":"slow down","code":"BROWSERS"}""", 429, ("Retry-After", "77"));
        await firecrawl.ReadAsync("firecrawl_scrape", Scrape);
        var refusal = await firecrawl.CallAsync("firecrawl_map", Scrape);
        Assert.StartsWith(
            "Firecrawl returned 429: slow down (code BROWSERS). Firecrawl's rate limit is used up; nothing was done. Try again in 77 s",
            refusal.Error,
            StringComparison.Ordinal
        );
        var error = refusal.Result.StructuredContent!.Value.GetProperty("error");
        Assert.Equal(
            (429, "BROWSERS", true, 77),
            (
                error.GetProperty("status").GetInt32(),
                error.GetProperty("code").GetString(),
                error.GetProperty("retryable").GetBoolean(),
                error.GetProperty("retryAfterSeconds").GetInt32()
            )
        );
        Assert.Equal(refusal.Text, error.GetProperty("message").GetString());
        Assert.Equal(3, firecrawl.Requests.Count);
    }

    [Fact]
    public async Task Starting_a_crawl_again_starts_one_crawl()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /crawl", "{}", 502)
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        await firecrawl.ReadAsync("firecrawl_crawl", Scrape);
        var keys = firecrawl
            .Api.Received.Where(request => request.Method == "POST")
            .Select(request => request.Headers["x-idempotency-key"])
            .ToList();
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
    }

    [Theory]
    [InlineData("POST /batch/scrape", "firecrawl_batch_scrape", """{"urls":["https://a.example"]}""")]
    [InlineData("POST /agent", "firecrawl_agent", """{"prompt":"p"}""")]
    [InlineData("POST /extract", "firecrawl_extract", """{"urls":["https://a.example"]}""")]
    public async Task A_start_that_could_double_its_cost_is_sent_once(string start, string tool, string arguments)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl.On(start, "{}", 502);
        Assert.Contains("The change may have been made", (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Single(firecrawl.Requests);
    }

    [Fact]
    public async Task A_crawl_beyond_the_credits_is_told_how_many_there_are()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /crawl", """{"error":"Insufficient credits","code":"CREDITS"}""", 402)
            .On("GET /team/credit-usage", """{"success":true,"data":{"remainingCredits":12}}""");
        var refusal = await firecrawl.CallAsync("firecrawl_crawl", """{"url":"https://a.example","limit":90}""");
        Assert.EndsWith(" 12 credits are left; 90 pages were asked for.", refusal.Error, StringComparison.Ordinal);
        Assert.Equal("""{"error":{"message":""", refusal.Result.StructuredContent!.Value.GetRawText()[..20]);
        Assert.Equal(402, refusal.Result.StructuredContent!.Value.GetProperty("error").GetProperty("status").GetInt32());
        Assert.Equal("CREDITS", refusal.Result.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_long_wait_the_api_asks_for_is_told_and_not_waited()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"error":"down"}""", 503, ("Retry-After", "120"));
        Assert.EndsWith(
            "The API asks to wait 120 s.",
            (await firecrawl.CallAsync("firecrawl_scrape", Scrape)).Error,
            StringComparison.Ordinal
        );
        Assert.Single(firecrawl.Requests);
    }

    [Theory]
    [InlineData("""{"error":"slow down"}""", "Sat, 20 Nov 2286 17:46:39 GMT")]
    [InlineData("""{"error":"slow down"}""", "2147483647")]
    [InlineData("""{"error":"slow down","retry_after_seconds":2000000000}""", null)]
    public async Task A_far_wait_is_an_hour_at_most_and_then_one_call_goes_to_see(string body, string? retryAfter)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", body, 429, retryAfter is null ? [] : [("Retry-After", retryAfter)]).On("POST /scrape", Page);
        Assert.Contains("Try again in 3600 s", (await firecrawl.CallAsync("firecrawl_scrape", Scrape)).Error, StringComparison.Ordinal);
        Assert.True((await firecrawl.CallAsync("firecrawl_scrape", Scrape)).IsError);
        Assert.Single(firecrawl.Requests);
        firecrawl.Time.Advance(TimeSpan.FromHours(1));
        await firecrawl.ReadAsync("firecrawl_scrape", Scrape);
    }

    [Theory]
    [InlineData("""{"error":"slow down"}""", "Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("""{"error":"slow down"}""", "-1")]
    [InlineData("""{"error":"slow down","retry_after_seconds":-5}""", null)]
    public async Task A_moment_that_is_over_or_means_nothing_is_a_short_wait(string body, string? retryAfter)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", body, 429, retryAfter is null ? [] : [("Retry-After", retryAfter)]).On("POST /scrape", Page);
        await firecrawl.ReadAsync("firecrawl_scrape", Scrape);
    }

    [Fact]
    public async Task A_start_whose_key_was_used_is_not_taken_for_a_failure()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /crawl", "{}", 502).On("POST /crawl", """{"success":false,"error":"Idempotency key already used"}""", 409);
        Assert.Contains(
            "may have started the crawl: firecrawl_active_crawls",
            (await firecrawl.CallAsync("firecrawl_crawl", Scrape)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_timeout_that_the_caller_set_is_waited_for_once()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"success":false,"code":"SCRAPE_TIMEOUT","error":"Timed out"}""", 408);
        Assert.EndsWith(
            "The page took longer than the timeout given, and was not asked for again: try a larger timeout.",
            (await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example","timeout":2000}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Single(firecrawl.Requests);
    }

    [Theory]
    [InlineData(
        """{"success":false,"error":"Request timed out"}""",
        "Firecrawl returned a failure: Request timed out. It may have cost credits"
    )]
    [InlineData(
        """{"data":{"x":[1]},"success":false,"error":"no","code":"C1","stderr":"boom"}""",
        """Firecrawl returned a failure: no (code C1). It may have cost credits: look at the reason before you try again. Details: {"data":{"x":[1]},"stderr":"boom"}"""
    )]
    public async Task A_failure_with_status_200_is_a_failure(string body, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", body);
        Assert.StartsWith(told, (await firecrawl.CallAsync("firecrawl_scrape", Scrape)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_firecrawl_does_not_read_is_not_blamed_on_the_key()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"success":false,"error":"We do not support this site"}""", 403);
        Assert.EndsWith(
            "Firecrawl does not read this site, whatever the options: take another source, and do not try again.",
            (await firecrawl.CallAsync("firecrawl_scrape", Scrape)).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(401, """{"success":false,"error":"Unauthorized: KEY is not a key"}""")]
    [InlineData(403, "not allowed: Bearer KEY")]
    [InlineData(422, """{"success":false,"error":"no","details":{"header":"KEY"}}""")]
    [InlineData(429, """{"success":false,"error":"KEY has no calls left, retry after 500s"}""")]
    [InlineData(200, """{"success":false,"error":"KEY may not do this"}""")]
    public async Task The_key_is_not_told_where_the_api_quotes_it(int status, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /map", body.Replace("KEY", FirecrawlGateway.Key, StringComparison.Ordinal), status);
        var told = (await firecrawl.CallAsync("firecrawl_map", """{"url":"https://a.example"}""")).Error!;
        Assert.DoesNotContain(FirecrawlGateway.Key, told, StringComparison.Ordinal);
        Assert.Contains("[token]", told, StringComparison.Ordinal);
        Assert.DoesNotContain(firecrawl.Gateway.Logs.Lines, line => line.Contains(FirecrawlGateway.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_was_opened_is_told_when_the_work_on_it_fails()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl
            .On("POST /scrape", """{"success":true,"data":{"markdown":"x","metadata":{"scrapeId":"s1"}}}""")
            .On("POST /scrape/s1/interact", """{"success":false,"error":"no browser is free"}""", 400);
        Assert.Equal(
            "Firecrawl returned 400: no browser is free. The page itself was opened, as scrapeId='s1': continue with that, or end it with "
                + "firecrawl_interact_stop.",
            (await firecrawl.CallAsync("firecrawl_interact", """{"url":"https://a.example","prompt":"p"}""")).Error
        );
    }
}
