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
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","actions":[{"type":"executeJavascript","script":"1"}]}""", "actions")]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","webhook":"https://b.example"}""", "webhook")]
    [InlineData("firecrawl_batch_scrape", """{"urls":["https://a.example"],"webhook":{"url":"https://b.example"}}""", "webhook")]
    [InlineData(
        "firecrawl_batch_scrape",
        """{"urls":["https://a.example"],"scrapeOptions":{"actions":[{"type":"wait","milliseconds":1}]}}""",
        "actions"
    )]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","scrapeOptions":{"actions":[{"type":"scrape"}]}}""",
        "scrapeOptions.actions"
    )]
    [InlineData(
        "firecrawl_extract",
        """{"urls":["https://a.example"],"scrapeOptions":{"actions":[{"type":"scrape"}]}}""",
        "scrapeOptions.actions"
    )]
    [InlineData(
        "firecrawl_monitor_create",
        """{"body":{"targets":[{"type":"scrape","urls":["https://a.example"],"scrapeOptions":{"actions":{"0":{"type":"executeJavascript"}}}}]}}""",
        "targets[0].scrapeOptions.actions"
    )]
    [InlineData("firecrawl_monitor_create", """{"page":"https://a.example","webhookUrl":"https://b.example"}""", "webhook")]
    public async Task Safe_mode_acts_on_no_page_and_calls_nobody_back(string tool, string arguments, string field)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_SAFE_MODE", "true"), ("FIRECRAWL_TOOLSETS", "all"));
        Assert.StartsWith(
            $"{field} is refused: this gateway runs in safe mode",
            (await firecrawl.CallAsync(tool, arguments)).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }

    [Theory]
    [InlineData("""{"actions":[{"type":"click","selector":"#buy"}]}""", "scrapeOptions.actions is refused: firecrawl_search only reads")]
    [InlineData("""{"profile":{"name":"p","saveChanges":true}}""", "scrapeOptions.profile.saveChanges is refused")]
    public async Task A_search_acts_on_nothing(string options, string refusal)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("READ_ONLY", "true"));
        Assert.StartsWith(
            refusal,
            (await firecrawl.CallAsync("firecrawl_search", $$"""{"query":"q","scrapeOptions":{{options}}}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_profile_that_a_search_reads_with_is_not_changed()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /search", """{"success":true,"data":{"web":[]}}""");
        await firecrawl.ReadAsync("firecrawl_search", """{"query":"q","scrapeOptions":{"profile":{"name":"p"}}}""");
        Assert.Equal("""{"query":"q","scrapeOptions":{"profile":{"name":"p","saveChanges":false}}}""", firecrawl.LastBody);
    }

    [Fact]
    public async Task Safe_mode_refuses_a_live_browser_before_a_page_is_paid_for()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_SAFE_MODE", "true"));
        Assert.StartsWith(
            "Work in a live browser is refused",
            (await firecrawl.CallAsync("firecrawl_interact", """{"url":"https://a.example","prompt":"buy"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
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
    [InlineData("firecrawl_agent", """{"prompt":"p","strictConstrainToURLs":true}""", "An agent is refused")]
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

    [Theory]
    [InlineData("../team")]
    [InlineData("..")]
    [InlineData("a/../../team")]
    [InlineData("")]
    public async Task An_id_cannot_climb_out_of_its_path(string id)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        foreach (var tool in new[] { "firecrawl_check_crawl_status", "firecrawl_scrape_result", "firecrawl_batch_scrape_status" })
        {
            Assert.Contains("is not an id", (await firecrawl.CallAsync(tool, $$"""{"id":"{{id}}"}""")).Error, StringComparison.Ordinal);
        }

        foreach (
            var tool in new[] { "firecrawl_interact_stop", "firecrawl_interact" }.Where(tool =>
                id.Length > 0 || tool.EndsWith("stop", StringComparison.Ordinal)
            )
        )
        {
            Assert.Contains(
                "is not an id",
                (
                    await firecrawl.CallAsync(
                        tool,
                        $$"""{"scrapeId":"{{id}}"{{(tool == "firecrawl_interact" ? ",\"code\":\"1\"" : "")}}}"""
                    )
                ).Error,
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

    [Fact]
    public async Task Read_only_leaves_what_starts_nothing()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("READ_ONLY", "true"));
        Assert.Equal(
            [
                "fetch",
                "firecrawl_agent_status",
                "firecrawl_batch_scrape",
                "firecrawl_batch_scrape_status",
                "firecrawl_check_crawl_status",
                "firecrawl_crawl",
                "firecrawl_credit_usage",
                "firecrawl_job_errors",
                "firecrawl_map",
                "firecrawl_page_changes",
                "firecrawl_parse",
                "firecrawl_scrape",
                "firecrawl_search",
                "read_more",
                "search",
            ],
            firecrawl.Client.Tools.Select(tool => tool.Name).Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            "READ_ONLY=true",
            (await firecrawl.CallAsync("firecrawl_agent", """{"prompt":"p"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","actions":[{"type":"click","selector":"#buy"}]}""", "actions")]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","profile":{"name":"p"}}""", "profile")]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","profile":{"name":"p","saveChanges":true}}""", "profile")]
    [InlineData("firecrawl_scrape", """{"alexandria":[{"provider":"x","capability":"orders/create","options":{}}]}""", "capability")]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","webhook":"https://b.example"}""", "webhook")]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","scrapeOptions":{"actions":[{"type":"executeJavascript","script":"x"}]}}""",
        "scrapeOptions.actions"
    )]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","scrapeOptions":{"profile":{"name":"p"}}}""", "scrapeOptions.profile")]
    [InlineData("firecrawl_batch_scrape", """{"urls":["https://a.example"],"webhook":{"url":"https://b.example"}}""", "webhook")]
    [InlineData(
        "firecrawl_batch_scrape",
        """{"urls":["https://a.example"],"scrapeOptions":{"actions":[{"type":"wait","milliseconds":1}]}}""",
        "actions"
    )]
    public async Task Who_may_only_read_acts_on_no_page_calls_nobody_back_and_changes_no_profile(
        string tool,
        string arguments,
        string field
    )
    {
        foreach (
            var settings in ((string, string?)[][])
                [
                    [("READ_ONLY", "true")],
                    [("MCP_BEARER_TOKEN", ""), ("MCP_BEARER_TOKENS", $"n8n={FirecrawlGateway.Caller};read")],
                ]
        )
        {
            await using var firecrawl = await FirecrawlGateway.StartAsync(settings);
            Assert.Contains(
                $"{field} is refused: you may only read",
                (await firecrawl.CallAsync(tool, arguments)).Error,
                StringComparison.Ordinal
            );
            Assert.Empty(firecrawl.Requests);
        }
    }

    [Fact]
    public async Task Who_may_only_read_scrapes_pages()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("MCP_BEARER_TOKEN", ""),
            ("MCP_BEARER_TOKENS", $"n8n={FirecrawlGateway.Caller};read")
        );
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"hello"}}""");
        var page = await firecrawl.ReadAsync(
            "firecrawl_scrape",
            """{"url":"https://a.example","profile":{"name":"p","saveChanges":false},"actions":[]}"""
        );
        Assert.Equal("hello", page.GetProperty("markdown").GetString());
    }

    [Theory]
    [InlineData("/mcp/readonly", null)]
    [InlineData("/mcp/x/all/readonly", null)]
    [InlineData("/mcp", "true")]
    public async Task Who_asks_to_read_only_scrapes_pages_and_acts_on_none(string path, string? header)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"hello"}}""");
        var listed = await PostAsync("tools/list", "{}");
        Assert.Contains("\"firecrawl_scrape\"", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("\"firecrawl_interact\"", listed, StringComparison.Ordinal);
        Assert.Contains("hello", await ScrapeAsync(""), StringComparison.Ordinal);
        Assert.Single(firecrawl.Requests);
        Assert.Contains(
            "actions is refused: you may only read",
            await ScrapeAsync(""","actions":[{"type":"click","selector":"#buy"}]"""),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "profile is refused: you may only read",
            await ScrapeAsync(""","profile":{"name":"p"}"""),
            StringComparison.Ordinal
        );
        Assert.Single(firecrawl.Requests);

        Task<string> ScrapeAsync(string more) =>
            PostAsync("tools/call", $$$"""{"name":"firecrawl_scrape","arguments":{"url":"https://a.example"{{{more}}}}}""");

        async Task<string> PostAsync(string method, string parameters)
        {
            using var response = await firecrawl.Gateway.PostAsync(
                $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
                FirecrawlGateway.Caller,
                request =>
                {
                    request.RequestUri = new(path, UriKind.Relative);
                    if (header is not null)
                    {
                        request.Headers.Add("X-MCP-Readonly", header);
                    }
                }
            );
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_key_goes_upstream_and_the_callers_token_does_not()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /map", """{"success":true,"links":[]}""");
        await firecrawl.ReadAsync("firecrawl_map", """{"url":"https://a.example"}""");
        var request = Assert.Single(firecrawl.Api.Received);
        Assert.Equal($"Bearer {FirecrawlGateway.Key}", request.Headers["Authorization"]);
        Assert.DoesNotContain(request.Headers.Values, value => value.Contains(FirecrawlGateway.Caller, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_of_the_callers_own_neither_opens_the_gateway_nor_goes_upstream()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /map", """{"success":true,"links":[]}""");
        const string call =
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"firecrawl_map","arguments":{"url":"https://a.example"}}}""";
        using var refused = await firecrawl.Gateway.PostAsync(
            call,
            configure: request => request.Headers.Add("x-firecrawl-api-key", "fc-of-somebody")
        );
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
        using var served = await firecrawl.Gateway.PostAsync(
            call,
            FirecrawlGateway.Caller,
            request => request.Headers.Add("x-firecrawl-api-key", "fc-of-somebody")
        );
        Assert.Equal($"Bearer {FirecrawlGateway.Key}", Assert.Single(firecrawl.Api.Received).Headers["Authorization"]);
        Assert.DoesNotContain("fc-of-somebody", string.Join('\n', firecrawl.Api.Received[0].Headers.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_self_hosted_firecrawl_needs_no_key_and_no_v2()
    {
        await using var with = await FirecrawlGateway.StartAsync();
        with.On("POST /map", """{"success":true,"links":[]}""");
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync(
            ("FIRECRAWL_API_KEY", null),
            ("FIRECRAWL_API_URL", with.Api.Url)
        );
        await firecrawl.ReadAsync("firecrawl_map", """{"url":"https://a.example"}""");
        Assert.False(Assert.Single(with.Api.Received).Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task The_cloud_needs_a_key()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("FIRECRAWL_API_KEY", null),
            ("FIRECRAWL_API_URL", "https://api.firecrawl.dev/v2")
        );
        Assert.Contains(
            "set FIRECRAWL_API_KEY",
            (await firecrawl.CallAsync("firecrawl_map", """{"url":"https://a.example"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_does_not_travel_in_the_clear() =>
        Assert.Contains(
            "FIRECRAWL_API_URL='http://firecrawl.example' is not a base URL",
            (
                await Assert.ThrowsAnyAsync<Exception>(() => FirecrawlGateway.StartAsync(("FIRECRAWL_API_URL", "http://firecrawl.example")))
            ).Message,
            StringComparison.Ordinal
        );
}
