namespace Firecrawl.Specs;

/// <summary>What servers really say when they refuse, and what a caller is told of it.</summary>
public sealed class RefusalSpecs
{
    /// <summary>Answers of a server of May 2026, and of a 2.0, shortened to two alternatives.</summary>
    [Theory]
    [InlineData(
        """[{"code":"unrecognized_keys","keys":["redactPII","auditMetadata"],"path":[],"message":"Unrecognized keys"}]""",
        "Details: redactPII is not known; auditMetadata is not known."
    )]
    [InlineData(
        """[{"code":"invalid_union","errors":[[{"code":"invalid_value","values":["markdown"],"path":["type"],"message":"m"}],[{"code":"invalid_value","values":["html"],"path":["type"],"message":"m"}]],"path":["formats",0],"message":"Invalid input"}]""",
        "Details: formats[0].type must be one of markdown, html."
    )]
    [InlineData(
        """[{"code":"invalid_union","errors":[[{"code":"invalid_value","values":["pdf"],"path":[],"message":"m"}],[{"code":"unrecognized_keys","keys":["pages"],"path":[],"message":"m"}]],"path":["parsers",0],"message":"Invalid input"}]""",
        "Details: parsers[0].pages is not known."
    )]
    [InlineData(
        """[{"code":"invalid_union","errors":[[{"code":"invalid_value","values":["github","pdf"],"path":[0],"message":"m"}],[{"code":"invalid_union","errors":[[{"expected":"object","code":"invalid_type","path":[],"message":"m"}],[{"expected":"object","code":"invalid_type","path":[],"message":"m"}]],"path":[0],"message":"m"}]],"path":["categories"],"message":"Invalid input"}]""",
        "Details: categories[0] must be one of github, pdf."
    )]
    [InlineData(
        """[{"code":"invalid_union","errors":[[{"code":"invalid_value","values":["markdown"],"path":["type"],"message":"m"},{"code":"unrecognized_keys","keys":["query"],"path":[],"message":"m"}],[{"code":"too_small","path":["query"],"message":"Too small: expected string to have >=1 characters"}]],"path":["formats",1],"message":"Invalid input"}]""",
        "Details: formats[1].query: Too small: expected string to have >=1 characters."
    )]
    [InlineData(
        """[{"code":"invalid_union","unionErrors":[{"issues":[{"received":"md","code":"invalid_literal","expected":"markdown","path":["formats",0,"type"],"message":"m"}],"name":"ZodError"},{"issues":[{"received":"md","code":"invalid_literal","expected":"html","path":["formats",0,"type"],"message":"m"}],"name":"ZodError"}],"path":["formats",0],"message":"Invalid input"}]""",
        "Details: formats[0].type must be one of markdown, html."
    )]
    [InlineData(
        """[{"code":"invalid_enum_value","received":"x","options":["skip","include"],"path":["sitemap"],"message":"m"}]""",
        "Details: sitemap must be one of skip, include."
    )]
    [InlineData(
        """[{"code":"invalid_type","expected":"string","path":["query"],"message":"Invalid input: expected string, received undefined"}]""",
        "Details: query: expected string, received undefined."
    )]
    [InlineData("""{"reason":"something else"}""", """Details: {"reason":"something else"}.""")]
    public async Task A_refusal_names_the_field_and_what_is_allowed(string details, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /map", $$"""{"success":false,"code":"BAD_REQUEST","error":"Bad Request","details":{{details}}}""", 400);
        Assert.Equal(
            $"Firecrawl returned 400: Bad Request (code BAD_REQUEST) {told}",
            (await firecrawl.CallAsync("firecrawl_map", """{"url":"https://a.example"}""")).Error
        );
    }

    [Theory]
    [InlineData("firecrawl_agent", """{"prompt":"p","waitSeconds":0}""", "POST /agent", "it lacks the vendor's services")]
    [InlineData("firecrawl_monitor_list", "{}", "GET /monitor", "it lacks the vendor's services")]
    [InlineData("firecrawl_credit_usage", "{}", "GET /team/credit-usage", "it lacks the vendor's services")]
    [InlineData("firecrawl_extract", """{"prompt":"p","waitSeconds":0}""", "POST /extract", "it lacks a language model")]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","formats":["json"],"jsonOptions":{"prompt":"p"}}""",
        "POST /scrape",
        "it lacks a language model"
    )]
    public async Task A_self_hosted_server_that_fails_says_nothing_and_the_gateway_says_what_it_usually_lacks(
        string tool,
        string arguments,
        string request,
        string told
    )
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl.On(request, """{"success":false,"code":"UNKNOWN_ERROR","error":"An error occurred."}""", 500);
        Assert.Contains(told, (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_an_engine_for_actions_says_so_by_400_as_well()
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync();
        firecrawl.On("POST /scrape", """{"success":false,"code":"SCRAPE_ACTIONS_NOT_SUPPORTED","error":"No actions."}""", 400);
        Assert.Contains(
            "leave them out, or have the operator set up one",
            (await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example","actions":[{"type":"scrape"}]}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", """{"success":true,"data":{},"creditsUsed":0}""", "has no search engine (its operator sets SEARXNG_ENDPOINT there)")]
    [InlineData("cloud", """{"success":true,"data":{"web":[]}}""", "use fewer or other words")]
    public async Task A_search_that_finds_nothing_says_why_that_may_be(string version, string answer, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_VERSION", version));
        firecrawl.On("POST /search", answer);
        Assert.Contains(
            told,
            (await firecrawl.ReadAsync("firecrawl_search", """{"query":"q"}""")).GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "firecrawl_search",
        """{"query":"q","sources":["web",{"type":"news"}],"categories":["pdf",{"type":"github"}],"includeDomains":["https://Docs.example/a","b.example/"]}""",
        """{"query":"q","includeDomains":["docs.example","b.example"],"sources":[{"type":"web"},{"type":"news"}],"categories":[{"type":"pdf"},{"type":"github"}]}"""
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","formats":["changeTracking"]}""",
        """{"url":"https://a.example","formats":["markdown","changeTracking"]}"""
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","formats":["deterministicJson"],"jsonOptions":{"prompt":"p"}}""",
        """{"url":"https://a.example","formats":[{"type":"deterministicJson","prompt":"p"}]}"""
    )]
    public async Task What_the_api_would_refuse_by_its_form_is_sent_in_the_form_it_takes(string tool, string arguments, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /search", """{"success":true,"data":{"web":[]}}""")
            .On("POST /scrape", """{"success":true,"data":{"markdown":"x","json":{},"changeTracking":{}}}""");
        await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal(body, firecrawl.LastBody);
    }

    [Fact]
    public async Task What_is_listed_as_any_object_is_checked_by_its_members()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var tool = firecrawl.Client.Tools.Single(tool => tool.Name == "firecrawl_scrape").ProtocolTool;
        Assert.Equal(
            """{"type":"object"}""",
            tool.InputSchema.GetProperty("properties").GetProperty("actions").GetProperty("items").GetRawText()
        );
        var error = (
            await firecrawl.CallAsync(
                "firecrawl_scrape",
                """{"url":"https://a.example","actions":[{"selector":"a"}],"screenshotOptions":{"quality":"much"}}"""
            )
        ).Error!;
        Assert.Contains("actions[0].type", error, StringComparison.Ordinal);
        Assert.Contains("screenshotOptions.quality", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_extraction_or_nothing_at_all_must_not_read_anything_where_domains_are_bounded()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("FIRECRAWL_TOOLSETS", "all"),
            ("FIRECRAWL_ALLOWED_DOMAINS", "fine.example")
        );
        Assert.Contains(
            "Give urls.",
            (await firecrawl.CallAsync("firecrawl_extract", """{"prompt":"p"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("Give urls, prompt or both", (await firecrawl.CallAsync("firecrawl_extract")).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }
}
