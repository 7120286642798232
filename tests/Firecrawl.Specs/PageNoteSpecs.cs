namespace Firecrawl.Specs;

/// <summary>What a page does not say of itself.</summary>
public sealed class PageNoteSpecs
{
    [Theory]
    [InlineData("""{"markdown":"x","metadata":{"statusCode":404}}""", "{}", "The page's server answered 404: this is its error page.")]
    [InlineData("""{"markdown":" \n","metadata":{"statusCode":200}}""", "{}", "The text is empty: the page may need time (waitFor)")]
    [InlineData(
        """{"metadata":{"statusCode":200}}""",
        """{"formats":["json","links"],"jsonOptions":{"prompt":"p"}}""",
        "Asked for and not returned: json, links."
    )]
    [InlineData("""{"markdown":"x"}""", """{"formats":["query"],"queryOptions":{"prompt":"p"}}""", "Asked for and not returned: question.")]
    [InlineData(
        """{"markdown":"x","metadata":{"numPages":10,"totalPages":200}}""",
        """{"pdfOptions":{"maxPages":10}}""",
        "10 of the document's 200 pages were read"
    )]
    public async Task What_is_missing_is_said(string document, string options, string note)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", $$"""{"success":true,"data":{{document}}}""");
        var arguments = """{"url":"https://a.example",""" + options[1..];
        var page = await firecrawl.ReadAsync("firecrawl_scrape", arguments.Replace(",}", "}", StringComparison.Ordinal));
        Assert.StartsWith(note, page.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"markdown":"x","metadata":{"statusCode":200,"numPages":3,"totalPages":3}}""", "")]
    [InlineData(
        """{"json":{"a":1},"answer":"b"}""",
        ""","formats":["json",{"type":"question","question":"q"}],"jsonOptions":{"prompt":"p"}"""
    )]
    [InlineData("""{"links":[]}""", ""","formats":["links"]""")]
    public async Task A_page_that_is_as_asked_has_no_note(string document, string options)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", $$"""{"success":true,"data":{{document}}}""");
        var page = await firecrawl.ReadAsync("firecrawl_scrape", $$"""{"url":"https://a.example"{{options}}}""");
        Assert.False(page.TryGetProperty("note", out _));
    }

    [Fact]
    public async Task The_pages_of_a_search_or_a_crawl_that_are_error_pages_are_named()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On(
                "POST /search",
                """{"success":true,"data":{"web":[{"url":"https://a.example/1","markdown":"x","metadata":{"statusCode":200}},{"url":"https://a.example/2","markdown":"Forbidden","metadata":{"statusCode":403}}]}}"""
            )
            .On(
                "GET /crawl/c1",
                """{"status":"completed","total":2,"completed":2,"data":[{"markdown":"x","metadata":{"sourceURL":"https://a.example/1","statusCode":200}},{"markdown":"Gone","metadata":{"sourceURL":"https://a.example/2","statusCode":404}}]}"""
            );
        Assert.Equal(
            "Error pages of their servers: https://a.example/2 (403).",
            (await firecrawl.ReadAsync("firecrawl_search", """{"query":"q","scrapeOptions":{"formats":["markdown"]}}"""))
                .GetProperty("note")
                .GetString()
        );
        Assert.Equal(
            "Error pages of their servers: https://a.example/2 (404).",
            (await firecrawl.ReadAsync("firecrawl_check_crawl_status", """{"id":"c1"}""")).GetProperty("note").GetString()
        );
    }

    [Theory]
    [InlineData("""{"success":true}""")]
    [InlineData("""{"success":true,"data":null}""")]
    public async Task A_success_without_a_page_is_none(string answer)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", answer);
        Assert.Contains(
            "no page",
            (await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Zero_data_retention_goes_where_the_api_takes_it()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        const string Options = """{"formats":["html"],"zeroDataRetention":true}""";
        await firecrawl.ReadAsync("firecrawl_crawl", $$"""{"url":"https://a.example","scrapeOptions":{{Options}}}""");
        Assert.Equal(
            """{"url":"https://a.example","limit":50,"zeroDataRetention":true,"scrapeOptions":{"formats":["html"]}}""",
            firecrawl.Api.Received[0].Text
        );
        foreach (
            var (tool, about) in new[]
            {
                ("firecrawl_search", "\"query\":\"q\""),
                ("firecrawl_extract", "\"urls\":[\"https://a.example\"]"),
            }
        )
        {
            Assert.StartsWith(
                "scrapeOptions.zeroDataRetention is refused: the API has it for single pages, batches and crawls only.",
                (await firecrawl.CallAsync(tool, $$"""{{{about}},"scrapeOptions":{{Options}}}""")).Error,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("[]", """{"url":"https://a.example","parsers":[]}""", true)]
    [InlineData("\"[]\"", """{"url":"https://a.example","parsers":[]}""", true)]
    [InlineData("\"\"", """{"url":"https://a.example"}""", false)]
    [InlineData("null", """{"url":"https://a.example"}""", false)]
    public async Task Parsers_of_none_are_sent_and_the_base64_they_lead_to_is_explained(string parsers, string sent, bool isExplained)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On(
            "POST /scrape",
            """{"data":{"markdown":"JVBERi0xLjQ=","metadata":{"statusCode":200,"contentType":"application/pdf"}}}"""
        );
        var page = await firecrawl.ReadAsync("firecrawl_scrape", $$"""{"url":"https://a.example","parsers":{{parsers}}}""");
        Assert.Equal(sent, firecrawl.LastBody);
        Assert.Equal(isExplained, page.TryGetProperty("note", out _));
    }
}
