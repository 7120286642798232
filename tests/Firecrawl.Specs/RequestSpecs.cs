namespace Firecrawl.Specs;

/// <summary>What each remaining tool asks of the API.</summary>
public sealed class RequestSpecs
{
    [Theory]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","sources":["Image","exchange"],"categories":["PDFs"],"enterprise":"zero data retention","toolDetail":"Full"}""",
        """{"query":"q","sources":["images","alexandria"],"categories":["pdf"],"enterprise":["zdr"],"toolDetail":"full","domainTools":true}"""
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","tool_detail":"Summary"}""",
        """{"url":"https://a.example","toolDetail":"summary"}"""
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","actions":[{"type":"pdf","format":"letter"}],"pdfOptions":{"mode":"OCR"}}""",
        """{"url":"https://a.example","parsers":[{"type":"pdf","mode":"ocr"}],"actions":[{"type":"pdf","format":"Letter"}]}"""
    )]
    [InlineData(
        "firecrawl_developer_search",
        """{"query":"q","types":"docs, Pull requests"}""",
        """{"query":"q","types":["doc","pull_request"]}"""
    )]
    [InlineData(
        "firecrawl_agent",
        """{"prompt":"p","model":"Spark 1 Mini","waitSeconds":0}""",
        """{"prompt":"p","model":"spark-1-mini"}"""
    )]
    public async Task Choices_are_understood_however_they_are_written(string tool, string arguments, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl
            .On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""")
            .On("POST /agent", """{"success":true,"id":"a1"}""")
            .On("POST /search", """{"success":true,"data":{"web":[]}}""")
            .On("POST /search/developer", """{"success":true,"results":[]}""");
        await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal(body, firecrawl.LastBody);
    }

    [Theory]
    [InlineData(
        "firecrawl_monitor_update",
        """{"id":"m1","body":{"targets":[{"type":"search","queries":["q"],"includeDomains":["a.example"],"excludeDomains":["b.example"]}]}}""",
        "includeDomains and excludeDomains of a target exclude each other: give one of them."
    )]
    [InlineData(
        "firecrawl_monitor_create",
        """{"queries":["q"],"includeDomains":["a.example"],"excludeDomains":["b.example"]}""",
        "includeDomains and excludeDomains exclude each other: give one of them."
    )]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","includeDomains":["a.example"],"excludeDomains":["b.example"]}""",
        "includeDomains and excludeDomains exclude each other: give one of them."
    )]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","sources":["images"],"scrapeOptions":{"formats":["markdown"]}}""",
        "sources asks for none: add web or news, or leave scrapeOptions out."
    )]
    [InlineData("firecrawl_agent", """{"prompt":"p","strictConstrainToURLs":true}""", "strictConstrainToURLs keeps the agent to urls")]
    [InlineData(
        "firecrawl_interact",
        """{"scrapeId":"s1","prompt":"click","scrapeOptions":{"mobile":true}}""",
        "scrapeOptions is for url: the page of scrapeId was read before"
    )]
    [InlineData(
        "firecrawl_interact",
        """{"scrapeId":"s1","prompt":"click","language":"python"}""",
        "language is of code, and there is a prompt"
    )]
    [InlineData("firecrawl_developer_search", """{"query":"q","min_stars":9,"max_stars":5}""", "min_stars=9 is above max_stars=5")]
    public async Task What_does_not_go_together_is_refused_before_anything_is_sent(string tool, string arguments, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        Assert.Contains(told, (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Theory]
    [InlineData(
        """{"url":"https://a.example","formats":[{"type":"json"},{"type":"Links"}],"jsonOptions":{"prompt":"p"}}""",
        """{"url":"https://a.example","formats":[{"type":"json","prompt":"p"},"links"]}"""
    )]
    [InlineData(
        """{"url":"https://a.example","formats":[{"type":"json","schema":"{\"type\":\"object\"}"}]}""",
        """{"url":"https://a.example","formats":[{"type":"json","schema":{"type":"object"}}]}"""
    )]
    public async Task A_format_as_an_object_is_read_as_its_name_and_its_schema_as_json(string arguments, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"success":true,"data":{"json":{},"links":[]}}""");
        await firecrawl.ReadAsync("firecrawl_scrape", arguments);
        Assert.Equal(body, firecrawl.LastBody);
    }

    [Fact]
    public async Task A_schema_that_is_a_text_is_refused()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.Contains(
            "formats: the schema of 'json' is a text that is no JSON object",
            (
                await firecrawl.CallAsync(
                    "firecrawl_scrape",
                    """{"url":"https://a.example","formats":[{"type":"json","schema":"name and price"}]}"""
                )
            ).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }

    [Theory]
    [InlineData("""{"query":"q","tbs":"qdr:week"}""", """{"query":"q","tbs":"qdr:w"}""")]
    [InlineData("""{"query":"q","tbs":"past 3 months"}""", """{"query":"q","tbs":"qdr:m3"}""")]
    [InlineData("""{"query":"q","tbs":"qdr:d,sbd:1"}""", """{"query":"q","tbs":"qdr:d,sbd:1"}""")]
    [InlineData(
        """{"query":"q","tbs":"cd_min:2026-01-31,cd_max:2/1/2026"}""",
        """{"query":"q","tbs":"cdr:1,cd_min:1/31/2026,cd_max:2/1/2026"}"""
    )]
    [InlineData(
        """{"query":"q","sources":[{"type":"News","tbs":"qdr:hour"}]}""",
        """{"query":"q","sources":[{"type":"news","tbs":"qdr:h"}]}"""
    )]
    public async Task The_age_of_what_a_search_finds_is_sent_as_the_search_engine_reads_it(string arguments, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /search", """{"success":true,"data":{"web":[]}}""");
        await firecrawl.ReadAsync("firecrawl_search", arguments);
        Assert.Equal(body, firecrawl.LastBody);
    }

    [Theory]
    [InlineData("""{"query":"q","tbs":"qdr:fortnight"}""", "tbs='qdr:fortnight' is not a filter of time")]
    [InlineData("""{"query":"q","tbs":"cdr:1,cd_min:31.1.2026"}""", "is not a filter of time")]
    [InlineData("""{"query":"q","sources":[{"type":"web","tbs":"recent"}]}""", "sources.tbs='recent' is not a filter of time")]
    [InlineData("""{"query":"q","country":"Germany"}""", "country='Germany' is not a code of two letters: use one such as DE.")]
    [InlineData("""{"query":"q","lang":"German"}""", "lang='German' is not a code of two letters: use one such as de.")]
    public async Task What_a_search_engine_would_take_no_notice_of_is_refused(string arguments, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.Contains(told, (await firecrawl.CallAsync("firecrawl_search", arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task What_a_webhook_is_told_of_goes_by_the_names_of_the_api()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"scraping","total":1,"completed":0,"data":[]}""");
        await firecrawl.CallAsync(
            "firecrawl_crawl",
            """{"url":"https://a.example","webhook":{"url":"https://b.example","events":["crawl.page","Completed"]},"waitSeconds":0}"""
        );
        Assert.Contains("\"events\":[\"page\",\"completed\"]", firecrawl.Api.Received[0].Text, StringComparison.Ordinal);
        Assert.Contains(
            "webhook.events: 'cancelled' is not one of started, page, completed, failed.",
            (
                await firecrawl.CallAsync(
                    "firecrawl_crawl",
                    """{"url":"https://a.example","webhook":{"url":"https://b.example","events":["cancelled"]}}"""
                )
            ).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","categories":["news"]}""",
        "categories[0]: \"news\" is not one of github, research, pdf, developer."
    )]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","sources":["video"]}""",
        "sources[0]: \"video\" is not one of web, images, news, alexandria."
    )]
    [InlineData("firecrawl_search", """{"query":"q","enterprise":["gold"]}""", "enterprise[0]: \"gold\" is not one of default, anon, zdr.")]
    [InlineData("firecrawl_search", """{"query":"q","toolDetail":"long"}""", "toolDetail: \"long\" is not one of compact, summary, full.")]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","toolDetail":"long"}""", "toolDetail: \"long\" is not one of compact")]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","scrapeOptions":{"pdfOptions":{"mode":"slow"},"actions":[{"type":"pdf","format":"B5"}]}}""",
        "scrapeOptions.pdfOptions.mode: \"slow\" is not one of fast, auto, ocr."
    )]
    [InlineData(
        "firecrawl_developer_search",
        """{"query":"q","types":["wiki"]}""",
        "types[0]: \"wiki\" is not one of doc, issue, pull_request, readme."
    )]
    [InlineData("firecrawl_agent", """{"prompt":"p","model":"gpt"}""", "model: \"gpt\" is not one of spark-2, spark-1-mini, spark-1-pro.")]
    public async Task A_choice_that_there_is_not_is_named_with_those_there_are(string tool, string arguments, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        Assert.Contains(told, (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

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

    [Theory]
    [InlineData("firecrawl_browser_execute", """{"id":"b1","code":"1"}""")]
    [InlineData("firecrawl_interact", """{"scrapeId":"s1","code":"1"}""")]
    [InlineData("firecrawl_interact", """{"scrapeId":"s1","prompt":"buy it"}""")]
    public async Task Safe_mode_works_in_no_browser(string tool, string arguments)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"), ("FIRECRAWL_SAFE_MODE", "true"));
        Assert.StartsWith(
            "Work in a live browser is refused",
            (await firecrawl.CallAsync(tool, arguments)).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }

    [Theory]
    [InlineData("firecrawl_monitor_create", """{"page":"http://10.0.0.1"}""")]
    [InlineData("firecrawl_monitor_create", """{"page":"https://a.example","webhookUrl":"http://10.0.0.1"}""")]
    [InlineData("firecrawl_monitor_create", """{"body":{"targets":[{"type":"crawl","url":"http://10.0.0.1"}]}}""")]
    [InlineData("firecrawl_monitor_create", """{"body":{"targets":[{"type":"crawl","url":["http://10.0.0.1"]}]}}""")]
    [InlineData("firecrawl_monitor_create", """{"body":{"options":{"url":"http://10.0.0.1"}}}""")]
    [InlineData("firecrawl_parse", """{"url":"http://10.0.0.1/a.pdf"}""")]
    [InlineData("firecrawl_monitor_update", """{"id":"m1","body":{"webhook":{"url":"http://10.0.0.1"}}}""")]
    [InlineData("firecrawl_interact", """{"url":"http://10.0.0.1","prompt":"p"}""")]
    public async Task Monitors_and_browsers_stay_outside_as_well(string tool, string arguments)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        Assert.Contains(
            "leads to a private, local or reserved address",
            (await firecrawl.CallAsync(tool, arguments)).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }
}
