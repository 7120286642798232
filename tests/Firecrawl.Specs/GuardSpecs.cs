namespace Firecrawl.Specs;

/// <summary>What a gateway that stands in a private network never has fetched, and what never leaves it.</summary>
public sealed class GuardSpecs
{
    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://10.0.0.1./")]
    [InlineData("http://192.168.1.1")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://user@10.0.0.1/")]
    [InlineData("http://[::ffff:a00:1]/")]
    [InlineData("http://a.example@10.0.0.1/")]
    [InlineData("http://0/")]
    [InlineData("http://127.1/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://0x7f.0x0.0x0.0x1/")]
    [InlineData("http://0177.1./")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::10.0.0.1]/")]
    [InlineData("http://[2002:a00:1::]/")]
    [InlineData("http://[2001:0:1::1]/")]
    [InlineData("http://[0:0:0:0:0:ffff:7f00:1]/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://user:word@10.0.0.1:8080/?a=b#c")]
    [InlineData("http://INSIDE.example/")]
    [InlineData("  http://10.0.0.1/")]
    [InlineData("http://inside.example./")]
    [InlineData("https://inside.example/")]
    [InlineData("https://both.example/")]
    public async Task A_private_address_is_refused_in_every_form(string url)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.Contains(
            "leads to a private, local or reserved address",
            (await firecrawl.CallAsync("firecrawl_scrape", $$"""{"url":"{{url}}"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_refused_address_is_told_as_such_while_the_rate_limit_holds_calls_back()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /map", """{"error":"slow down"}""", 429, ("Retry-After", "77"));
        await firecrawl.CallAsync("firecrawl_map", """{"url":"https://a.example"}""");
        Assert.Contains(
            "leads to a private, local or reserved address",
            (await firecrawl.CallAsync("firecrawl_map", """{"url":"http://10.0.0.1"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("firecrawl_map", """{"url":"http://10.0.0.1"}""", "url='")]
    [InlineData("firecrawl_crawl", """{"url":"http://10.0.0.1"}""", "url='")]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","webhook":"http://10.0.0.1"}""", "webhook.url='")]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","webhook":{"url":"http://10.0.0.1"}}""", "webhook.url='")]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","webhook":"http://10.0.0.1","webhookHeaders":{"A":"b"}}""",
        "webhook.url='"
    )]
    [InlineData("firecrawl_batch_scrape", """{"urls":["https://a.example","http://10.0.0.1"]}""", "urls[1]='")]
    [InlineData("firecrawl_extract", """{"urls":["http://10.0.0.1/*"]}""", "urls[0]='")]
    [InlineData("firecrawl_agent", """{"prompt":"p","urls":["http://10.0.0.1/"]}""", "urls[0]='")]
    [InlineData("firecrawl_crawl_params_preview", """{"url":"http://10.0.0.1","prompt":"p"}""", "url='")]
    [InlineData("firecrawl_agent", """{"prompt":"p","exchange":{"deep":[{"url":"http://10.0.0.1/"}]}}""", "exchange.deep[0].url='")]
    [InlineData("firecrawl_monitor_create", """{"body":{"targets":[{"type":"crawl","url":2130706433}]}}""", "targets[0].url='")]
    [InlineData(
        "firecrawl_monitor_create",
        """{"body":{"targets":[{"type":"scrape","urls":{"0":"http://10.0.0.1"}}]}}""",
        "targets[0].urls='"
    )]
    [InlineData(
        "firecrawl_monitor_create",
        """{"body":{"targets":[{"type":"scrape","urls":[["http://10.0.0.1"]]}]}}""",
        "targets[0].urls[0]='"
    )]
    [InlineData("firecrawl_monitor_create", """{"body":{"webhook":[{"url":"http://10.0.0.1"}]}}""", "webhook[0]='")]
    [InlineData("firecrawl_search", """{"query":"q","sources":[{"type":"web","url":"http://10.0.0.1"}]}""", "sources[0].url='")]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","formats":[{"type":"screenshot","url":"http://10.0.0.1"}]}""",
        "formats[0].url='"
    )]
    public async Task No_tool_forgets_the_guard(string tool, string arguments, string field)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        Assert.StartsWith(field, (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_name_that_only_the_scraper_could_resolve_is_refused()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.Contains(
            "the name 'redis' cannot be resolved",
            (await firecrawl.CallAsync("firecrawl_scrape", """{"url":"http://redis:6379"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_operator_may_allow_private_addresses()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_ALLOW_PRIVATE", "true"));
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""");
        await firecrawl.ReadAsync("firecrawl_scrape", """{"url":"http://wiki.lan/"}""");
        Assert.True((await firecrawl.CallAsync("firecrawl_scrape", """{"url":"file:///etc/passwd"}""")).IsError);
    }

    [Theory]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://other.example/"}""",
        "url='https://other.example/' is refused: this gateway may not read"
    )]
    [InlineData("firecrawl_scrape", """{"url":"https://secret.fine.example/"}""", "url='https://secret.fine.example/' is refused")]
    [InlineData("firecrawl_scrape", """{"url":"https://notfine.example/"}""", "url='https://notfine.example/' is refused")]
    [InlineData(
        "firecrawl_batch_scrape",
        """{"urls":["https://fine.example","https://other.example"]}""",
        "urls[1]='https://other.example'"
    )]
    [InlineData("firecrawl_crawl", """{"url":"https://fine.example","allowExternalLinks":true}""", "allowExternalLinks is refused")]
    [InlineData("firecrawl_crawl", """{"url":"https://fine.example","allowSubdomains":true}""", "allowSubdomains is refused")]
    [InlineData("firecrawl_search", """{"query":"q","scrapeOptions":{"formats":["html"]}}""", "scrapeOptions is refused")]
    [InlineData("firecrawl_extract", """{"urls":["https://fine.example"],"enableWebSearch":true}""", "enableWebSearch is refused")]
    [InlineData("firecrawl_agent", """{"prompt":"p","urls":["https://fine.example"]}""", "An agent is refused")]
    [InlineData("firecrawl_agent", """{"prompt":"p","strictConstrainToURLs":true}""", "strictConstrainToURLs keeps the agent to urls")]
    [InlineData(
        "firecrawl_interact",
        """{"scrapeId":"s1","prompt":"p"}""",
        "Work in a live browser is refused: this gateway reads certain domains"
    )]
    [InlineData("firecrawl_interact", """{"url":"https://fine.example","code":"1"}""", "Work in a live browser is refused")]
    [InlineData("firecrawl_browser_create", "{}", "Work in a live browser is refused")]
    [InlineData("firecrawl_browser_execute", """{"id":"b1","code":"1"}""", "Work in a live browser is refused")]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://fine.example","actions":[{"type":"wait","milliseconds":1},{"type":"executeJavascript","script":"1"}]}""",
        "actions[1].type is refused"
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"alexandria":[{"provider":"firecrawl","capability":"bash","options":{}}]}""",
        "alexandria.capability is refused"
    )]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://fine.example","prompt":"p","allowSubdomains":true}""",
        "A crawl by prompt is refused"
    )]
    [InlineData("firecrawl_extract", """{"urls":["https://fine.example/*"],"includeSubdomains":true}""", "includeSubdomains is refused")]
    [InlineData("firecrawl_extract", """{"prompt":"p"}""", "An extraction without urls is refused")]
    [InlineData("firecrawl_monitor_create", """{"queries":["q"],"goal":"g"}""", "A monitor of searches is refused")]
    [InlineData(
        "firecrawl_monitor_create",
        """{"body":{"targets":[{"type":"search","queries":["q"]}]}}""",
        "A monitor of searches is refused"
    )]
    [InlineData("firecrawl_monitor_update", """{"id":"m1","body":{"targets":[{"queries":["q"]}]}}""", "A monitor of searches is refused")]
    [InlineData("firecrawl_monitor_create", """{"site":"https://other.example"}""", "targets[0].url='https://other.example' is refused")]
    [InlineData(
        "firecrawl_monitor_create",
        """{"body":{"targets":[{"type":"crawl","url":"https://fine.example","crawlOptions":{"allowExternalLinks":true}}]}}""",
        "targets[0].crawlOptions.allowExternalLinks is refused"
    )]
    public async Task Only_the_domains_that_the_operator_allows_are_read(string tool, string arguments, string refusal)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("FIRECRAWL_ALLOWED_DOMAINS", "fine.example, *.too.example"),
            ("FIRECRAWL_DENIED_DOMAINS", "secret.fine.example"),
            ("FIRECRAWL_TOOLSETS", "all")
        );
        Assert.StartsWith(refusal, (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""");
        await firecrawl.ReadAsync("firecrawl_scrape", """{"url":"https://WWW.fine.example/"}""");
        await firecrawl.ReadAsync("firecrawl_scrape", """{"url":"https://a.too.example/"}""");
    }

    /// <summary>Left to the API, a model chooses the options of a crawl by prompt, and an extraction reads subdomains.</summary>
    [Fact]
    public async Task What_the_api_would_choose_is_kept_to_the_domains()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("FIRECRAWL_DENIED_DOMAINS", "secret.fine.example"),
            ("FIRECRAWL_TOOLSETS", "all")
        );
        firecrawl.On("POST /crawl", """{"success":true,"id":"c1"}""").On("GET /crawl/c1", """{"status":"scraping"}""");
        firecrawl.On("POST /extract", """{"success":true,"id":"e1"}""");
        await firecrawl.ReadAsync("firecrawl_crawl", """{"url":"https://fine.example","prompt":"p","waitSeconds":0}""");
        Assert.Contains("\"allowExternalLinks\":false,\"allowSubdomains\":false", firecrawl.Api.Received[0].Text, StringComparison.Ordinal);
        await firecrawl.ReadAsync("firecrawl_extract", """{"urls":["https://fine.example/*"],"waitSeconds":0}""");
        Assert.Contains("\"includeSubdomains\":false", firecrawl.LastBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../team")]
    [InlineData("..")]
    [InlineData("a/../../team")]
    public async Task An_id_cannot_climb_out_of_its_path(string id)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        foreach (var tool in new[] { "firecrawl_check_crawl_status", "firecrawl_scrape_result", "firecrawl_batch_scrape_status" })
        {
            Assert.Contains("is not an id", (await firecrawl.CallAsync(tool, $$"""{"id":"{{id}}"}""")).Error, StringComparison.Ordinal);
        }

        foreach (var (tool, code) in new[] { ("firecrawl_interact_stop", ""), ("firecrawl_interact", ",\"code\":\"1\"") })
        {
            Assert.Contains(
                "is not an id",
                (await firecrawl.CallAsync(tool, $$"""{"scrapeId":"{{id}}"{{code}}}""")).Error,
                StringComparison.Ordinal
            );
        }

        Assert.Empty(firecrawl.Requests);
    }

    [Theory]
    [InlineData("http://a.example\\\\@10.0.0.1/")]
    [InlineData("http://10.0.\\n0.1/")]
    [InlineData("//10.0.0.1/")]
    [InlineData("http:///10.0.0.1/")]
    [InlineData("http:10.0.0.1")]
    [InlineData("http:/10.0.0.1/")]
    [InlineData("https:a.example")]
    [InlineData("http://%31%30.0.0.1/")]
    [InlineData("http://a.example%2f@10.0.0.1/")]
    [InlineData("http://１０.0.0.1/")]
    [InlineData("http://10。0。0。1/")]
    [InlineData("http://ⓘnside.example/")]
    [InlineData("http://İnside.example/")]
    [InlineData("http://in\u00adside.example/")]
    [InlineData("http://in%73ide.example/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("view-source:http://10.0.0.1/")]
    [InlineData("blob:http://10.0.0.1/")]
    [InlineData("javascript:fetch('http://10.0.0.1')")]
    [InlineData("data:text/html,x")]
    [InlineData("gopher://10.0.0.1/")]
    [InlineData("http://10.0.0.1:80:80/")]
    [InlineData("http://*/")]
    public async Task What_readers_of_urls_take_differently_is_refused(string url)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.True((await firecrawl.CallAsync("firecrawl_scrape", $$"""{"url":"{{url}}"}""")).IsError);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_host_beyond_ascii_is_asked_for_in_its_plain_form()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""");
        Assert.EndsWith(
            "Write it as 'xn--bcher-kva.example'.",
            (await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://bücher.example/"}""")).Error,
            StringComparison.Ordinal
        );
        await firecrawl.ReadAsync("firecrawl_scrape", """{"url":"https://xn--bcher-kva.example/ä?ö#ü"}""");
    }
}
