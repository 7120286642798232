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
