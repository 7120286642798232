namespace Firecrawl.Specs;

/// <summary>What safe mode and callers who may only read do not do: act on pages, change profiles, have others called.</summary>
public sealed class SafeModeSpecs
{
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
                "show_activity",
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
}
