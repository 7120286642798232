namespace Firecrawl.Specs;

/// <summary>What each remaining tool asks of the API.</summary>
public sealed class RequestSpecs
{
    [Theory]
    [InlineData(
        "firecrawl_agent",
        """{"prompt":"p","urls":["https://a.example"],"maxCredits":5,"auditMetadata":{"username":"u"},"waitSeconds":0}""",
        "POST /agent",
        """{"prompt":"p","urls":["https://a.example"],"maxCredits":5,"auditMetadata":{"username":"u"}}"""
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","threatProtection":{"mode":"off"},"auditMetadata":{"username":"u"}}""",
        "POST /scrape",
        """{"url":"https://a.example","threatProtection":{"mode":"off"},"auditMetadata":{"username":"u"}}"""
    )]
    [InlineData(
        "firecrawl_map",
        """{"url":"https://a.example","threatProtection":{"mode":"off"},"auditMetadata":{"username":"u"}}""",
        "POST /map",
        """{"url":"https://a.example","threatProtection":{"mode":"off"},"auditMetadata":{"username":"u"}}"""
    )]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","threatProtection":{"mode":"off"}}""",
        "POST /search",
        """{"query":"q","threatProtection":{"mode":"off"}}"""
    )]
    [InlineData(
        "firecrawl_parse",
        """{"url":"https://a.example/a.pdf","formats":["markdown"],"blockAds":false}""",
        "POST /scrape",
        """{"url":"https://a.example/a.pdf","formats":["markdown"],"blockAds":false}"""
    )]
    [InlineData(
        "firecrawl_monitor_create",
        """{"site":"https://a.example","cron":"0 * * * *","retentionDays":9,"judgeEnabled":true}""",
        "POST /monitor",
        """{"name":"Monitor https://a.example","schedule":{"cron":"0 * * * *","timezone":"UTC"},"targets":[{"type":"crawl","url":"https://a.example","crawlOptions":{"limit":50}}],"judgeEnabled":true,"retentionDays":9}"""
    )]
    [InlineData(
        "firecrawl_developer_search",
        """{"query":"q","language":"C#","topic":"mcp","license":"mit","min_stars":5,"max_stars":9,"archived":false,"fork":true}""",
        "POST /search/developer",
        """{"query":"q","language":"C#","topic":"mcp","license":"mit","min_stars":5,"max_stars":9,"archived":false,"fork":true}"""
    )]
    [InlineData("firecrawl_agent_status", """{"id":"a1"}""", "GET /agent/a1", "")]
    [InlineData(
        "firecrawl_extract",
        """{"urls":["https://a.example/*"],"prompt":"p","schema":{"type":"object"},"waitSeconds":0}""",
        "POST /extract",
        """{"urls":["https://a.example/*"],"prompt":"p","schema":{"type":"object"},"ignoreInvalidURLs":true}"""
    )]
    [InlineData("firecrawl_extract_status", """{"id":"e1"}""", "GET /extract/e1", "")]
    [InlineData("firecrawl_active_crawls", "{}", "GET /crawl/active", "")]
    [InlineData(
        "firecrawl_crawl_params_preview",
        """{"url":"https://a.example","prompt":"docs"}""",
        "POST /crawl/params-preview",
        """{"url":"https://a.example","prompt":"docs"}"""
    )]
    [InlineData("firecrawl_interact", """{"scrapeId":"s1","prompt":"click"}""", "POST /scrape/s1/interact", """{"prompt":"click"}""")]
    [InlineData("firecrawl_interact_stop", """{"scrapeId":"s1"}""", "DELETE /scrape/s1/interact", "")]
    [InlineData("firecrawl_browser_create", """{"ttl":60}""", "POST /interact", """{"ttl":60}""")]
    [InlineData("firecrawl_browser_list", """{"status":"active"}""", "GET /interact?status=active", "")]
    [InlineData(
        "firecrawl_browser_execute",
        """{"id":"b1","code":"1+1","timeout":5}""",
        "POST /interact/b1/execute",
        """{"code":"1+1","timeout":5}"""
    )]
    [InlineData("firecrawl_browser_delete", """{"id":"b1"}""", "DELETE /interact/b1", "")]
    [InlineData(
        "firecrawl_monitor_create",
        """{"page":"https://a.example"}""",
        "POST /monitor",
        """{"name":"Monitor https://a.example","schedule":{"text":"every 30 minutes","timezone":"UTC"},"targets":[{"type":"scrape","urls":["https://a.example"]}]}"""
    )]
    [InlineData(
        "firecrawl_monitor_create",
        """{"queries":["q"],"searchWindow":"1h","name":"n","email":"a@a.example","webhookUrl":"https://a.example"}""",
        "POST /monitor",
        """{"name":"n","schedule":{"text":"every 30 minutes","timezone":"UTC"},"targets":[{"type":"search","queries":["q"],"searchWindow":"1h"}],"webhook":{"url":"https://a.example"},"notification":{"email":{"enabled":true,"recipients":["a@a.example"]}}}"""
    )]
    [InlineData("firecrawl_monitor_list", """{"limit":2,"offset":4}""", "GET /monitor?limit=2&offset=4", "")]
    [InlineData("firecrawl_monitor_get", """{"id":"m1"}""", "GET /monitor/m1", "")]
    [InlineData("firecrawl_monitor_update", """{"id":"m1","body":{"status":"paused"}}""", "PATCH /monitor/m1", """{"status":"paused"}""")]
    [InlineData("firecrawl_monitor_delete", """{"id":"m1"}""", "DELETE /monitor/m1", "")]
    [InlineData("firecrawl_monitor_run", """{"id":"m1"}""", "POST /monitor/m1/run", "")]
    [InlineData("firecrawl_monitor_checks", """{"id":"m1","status":"failed"}""", "GET /monitor/m1/checks?status=failed", "")]
    [InlineData("firecrawl_monitor_check", """{"id":"m1","checkId":"c1","pageStatus":"new"}""", "GET /monitor/m1/checks/c1?status=new", "")]
    [InlineData(
        "firecrawl_research_search_papers",
        """{"query":"q","k":2,"authors":["a","b"]}""",
        "GET /search/research/papers?query=q&k=2&authors=a&authors=b",
        ""
    )]
    [InlineData("firecrawl_research_inspect_paper", """{"paperId":"arxiv:1/2"}""", "GET /search/research/papers/arxiv%3A1%2F2", "")]
    [InlineData(
        "firecrawl_research_read_paper",
        """{"paperId":"p1","question":"why","k":3}""",
        "GET /search/research/papers/p1?query=why&k=3",
        ""
    )]
    [InlineData(
        "firecrawl_research_related_papers",
        """{"seed_ids":["p1","p2"],"intent":"i"}""",
        "GET /search/research/papers/p1/similar?intent=i&anchor=p2",
        ""
    )]
    [InlineData(
        "firecrawl_developer_search",
        """{"query":"q","repos":["a/b"]}""",
        "POST /search/developer",
        """{"query":"q","repos":["a/b"]}"""
    )]
    [InlineData("firecrawl_credit_usage", "{}", "GET /team/credit-usage", "")]
    [InlineData("firecrawl_token_usage", """{"view":"historical","byApiKey":true}""", "GET /team/token-usage/historical?byApiKey=true", "")]
    [InlineData("firecrawl_queue_status", "{}", "GET /team/queue-status", "")]
    [InlineData("firecrawl_activity", """{"endpoint":"crawl"}""", "GET /team/activity?endpoint=crawl", "")]
    [InlineData(
        "firecrawl_search_feedback",
        """{"searchId":"s1","rating":"good","valuableSources":[{"url":"https://a.example"}]}""",
        "POST /search/s1/feedback",
        """{"rating":"good","valuableSources":[{"url":"https://a.example"}]}"""
    )]
    [InlineData(
        "firecrawl_feedback",
        """{"endpoint":"scrape","rating":"bad","note":"n"}""",
        "POST /feedback",
        """{"endpoint":"scrape","rating":"bad","note":"n"}"""
    )]
    [InlineData(
        "firecrawl_feedback",
        """{"endpoint":"alexandria","rating":"partial","rationale":"r","requestedWebsite":{"url":"https://a.example","requestedFunctionality":"f"},"providerFeedback":[{"name":"fred","issue":"other","why":"w"}]}""",
        "POST /feedback",
        """{"endpoint":"alexandria","rating":"partial","requestedWebsite":{"url":"https://a.example","requestedFunctionality":"f"},"rationale":"r","providerFeedback":[{"name":"fred","issue":"other","why":"w"}]}"""
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","toolDetail":"full","domainTools":true}""",
        "POST /scrape",
        """{"url":"https://a.example","toolDetail":"full","domainTools":true}"""
    )]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","sources":["web",{"type":"exchange"}]}""",
        "POST /search",
        """{"query":"q","sources":[{"type":"web"},{"type":"alexandria"}],"toolDetail":"compact","domainTools":true}"""
    )]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","sources":["alexandria"],"toolDetail":"full"}""",
        "POST /search",
        """{"query":"q","sources":["alexandria"],"toolDetail":"full","domainTools":false}"""
    )]
    [InlineData("firecrawl_support_ask", """{"question":"why"}""", "POST /support/ask", """{"question":"why"}""")]
    [InlineData("firecrawl_docs_search", """{"question":"how"}""", "POST /support/docs-search", """{"question":"how"}""")]
    public async Task A_tool_asks_the_api_what_its_documentation_says(string tool, string arguments, string request, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        const string Told = "\"answer\":42,\"liveViewUrl\":\"https://live.example\"";
        firecrawl.On(
            request,
            request == "POST /scrape" ? $$$"""{"success":true,"data":{{{{Told}}}}}""" : $$"""{"success":true,"id":"j1",{{Told}}}"""
        );
        var answer = await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal(42, answer.GetProperty("answer").GetInt32());
        Assert.Equal("https://live.example", answer.GetProperty("liveViewUrl").GetString());
        Assert.Equal(request, Assert.Single(firecrawl.Requests));
        Assert.Equal(body, firecrawl.LastBody);
    }

    [Theory]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","limit":1,"webhook":"https://b.example"}""",
        """{"url":"https://a.example","limit":1,"webhook":{"url":"https://b.example"}}"""
    )]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","limit":1,"webhook":"https://b.example","webhookHeaders":{"A":"b"}}""",
        """{"url":"https://a.example","limit":1,"webhook":{"url":"https://b.example","headers":{"A":"b"}}}"""
    )]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","limit":1,"webhook":{"url":"https://b.example","events":["page"]},"webhookHeaders":{"A":"b"}}""",
        """{"url":"https://a.example","limit":1,"webhook":{"url":"https://b.example","events":["page"],"headers":{"A":"b"}}}"""
    )]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","limit":2,"prompt":"p","includePaths":["a"],"excludePaths":["b"],"maxDiscoveryDepth":1,"sitemap":"skip","ignoreQueryParameters":true,"regexOnFullURL":true,"crawlEntireDomain":true,"allowExternalLinks":true,"allowSubdomains":true,"ignoreRobotsTxt":true,"robotsUserAgent":"u","delay":0.5,"maxConcurrency":3,"zeroDataRetention":true,"deduplicateSimilarURLs":true,"scrapeOptions":{"formats":["html"]}}""",
        """{"url":"https://a.example","prompt":"p","excludePaths":["b"],"includePaths":["a"],"maxDiscoveryDepth":1,"sitemap":"skip","limit":2,"allowExternalLinks":true,"allowSubdomains":true,"crawlEntireDomain":true,"delay":0.5,"maxConcurrency":3,"deduplicateSimilarURLs":true,"ignoreQueryParameters":true,"regexOnFullURL":true,"ignoreRobotsTxt":true,"robotsUserAgent":"u","zeroDataRetention":true,"scrapeOptions":{"formats":["html"]}}"""
    )]
    [InlineData(
        "firecrawl_batch_scrape",
        """{"urls":["https://a.example"],"webhook":"https://b.example","maxConcurrency":2,"ignoreInvalidURLs":false}""",
        """{"urls":["https://a.example"],"webhook":{"url":"https://b.example"},"maxConcurrency":2,"ignoreInvalidURLs":false}"""
    )]
    public async Task A_job_is_started_as_the_api_documents_it(string tool, string arguments, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        foreach (var path in new[] { "/crawl", "/batch/scrape" })
        {
            firecrawl
                .On($"POST {path}", """{"success":true,"id":"j1"}""")
                .On($"GET {path}/j1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        }

        await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal(body, firecrawl.Api.Received[0].Text);
        Assert.StartsWith(
            "webhookHeaders requires webhook",
            (await firecrawl.CallAsync("firecrawl_crawl", """{"url":"https://a.example","webhookHeaders":{"A":"b"}}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Work_on_a_new_page_scrapes_it_with_whatever_formats_first()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /scrape", """{"success":true,"data":{"metadata":{"scrapeId":"s9"}}}""")
            .On("POST /scrape/s9/interact", """{"success":true,"output":"done","killed":false}""");
        var answer = await firecrawl.ReadAsync(
            "firecrawl_interact",
            """{"url":"https://a.example","code":"x","scrapeOptions":{"formats":["json"],"jsonOptions":{"prompt":"p"}}}"""
        );
        Assert.Equal("s9", answer.GetProperty("scrapeId").GetString());
        Assert.False(answer.GetProperty("killed").GetBoolean());
        Assert.Equal("""{"url":"https://a.example","formats":[{"type":"json","prompt":"p"}]}""", firecrawl.Api.Received[0].Text);
        Assert.Contains(
            "Give either",
            (await firecrawl.CallAsync("firecrawl_interact", """{"code":"x"}""")).Error,
            StringComparison.Ordinal
        );
    }
}
