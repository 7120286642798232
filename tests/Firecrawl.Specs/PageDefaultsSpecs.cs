using McpGateway.Secrets;

namespace Firecrawl.Specs;

/// <summary>How pages are read where callers do not say, and which pages of a document.</summary>
public sealed class PageDefaultsSpecs
{
    private const string Defaults = """{"proxy":"basic","timeout":90000,"redactPII":true,"pdfOptions":{"maxPages":20}}""";

    [Theory]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example"}""", "POST /scrape", "\"url\":\"https://a.example\",")]
    [InlineData("firecrawl_page_changes", """{"url":"https://a.example"}""", "POST /scrape", "\"url\":\"https://a.example\",")]
    [InlineData("firecrawl_parse", """{"url":"https://a.example/a.pdf"}""", "POST /scrape", "\"url\":\"https://a.example/a.pdf\",")]
    [InlineData("fetch", """{"id":"https://a.example"}""", "POST /scrape", "\"url\":\"https://a.example\",")]
    [InlineData("firecrawl_batch_scrape", """{"urls":["https://a.example"],"waitSeconds":0}""", "POST /batch/scrape", "\"urls\":[")]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","waitSeconds":0}""", "POST /crawl", "\"scrapeOptions\":{")]
    [InlineData("firecrawl_extract", """{"urls":["https://a.example"],"waitSeconds":0}""", "POST /extract", "\"scrapeOptions\":{")]
    [InlineData("firecrawl_search", """{"query":"q","scrapeOptions":{"formats":["markdown"]}}""", "POST /search", "\"scrapeOptions\":{")]
    public async Task The_operators_defaults_are_in_every_request_that_reads_pages(
        string tool,
        string arguments,
        string request,
        string place
    )
    {
        await using var firecrawl = await StartAsync(Defaults);
        firecrawl
            .On(request, """{"success":true,"id":"j1","data":{"markdown":"x"}}""")
            .On("GET /crawl/j1", """{"status":"scraping","total":1,"completed":0,"data":[]}""")
            .On("GET /batch/scrape/j1", """{"status":"scraping","total":1,"completed":0,"data":[]}""");
        Assert.False((await firecrawl.CallAsync(tool, arguments)).IsError);
        var body = firecrawl.Api.Received[0].Text;
        Assert.Contains(place, body, StringComparison.Ordinal);
        foreach (var option in (string[])["\"timeout\":90000", "\"proxy\":\"basic\"", "\"redactPII\":true", "\"maxPages\":20"])
        {
            Assert.Contains(option, body[body.IndexOf(place, StringComparison.Ordinal)..], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_document_that_is_sent_has_them_as_well()
    {
        await using var firecrawl = await StartAsync(Defaults);
        firecrawl.On("POST /parse", """{"success":true,"data":{"markdown":"x"}}""");
        await firecrawl.ReadAsync("firecrawl_parse", """{"filePath":"a.pdf","content":"YQ=="}""");
        Assert.Contains("\"redactPII\":true", firecrawl.LastBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_caller_gives_wins_and_a_search_without_pages_stays_as_it_is()
    {
        await using var firecrawl = await StartAsync("""{"proxy":"basic"}""");
        firecrawl
            .On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""")
            .On("POST /search", """{"success":true,"data":{"web":[]}}""");
        await firecrawl.ReadAsync("firecrawl_scrape", """{"url":"https://a.example","proxy":"auto"}""");
        Assert.Equal("""{"url":"https://a.example","proxy":"auto"}""", firecrawl.LastBody);
        await firecrawl.ReadAsync("firecrawl_search", """{"query":"q"}""");
        Assert.Equal("""{"query":"q"}""", firecrawl.LastBody);
    }

    [Theory]
    [InlineData("basic", "is not valid JSON")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("""{"actions":[]}""", "has 'actions', which cannot be a default")]
    [InlineData("""{"timeout":"long"}""", "FIRECRAWL_DEFAULTS.timeout cannot be read")]
    public async Task Defaults_that_cannot_be_meant_stop_the_start(string defaults, string told)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => StartAsync(defaults));
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2-3", 3, "<!-- page 2 -->\n\nb\n\n<!-- page 3 -->\n\nc", null)]
    [InlineData(" 3 ", 3, "<!-- page 3 -->\n\nc", null)]
    [InlineData("3-9", 9, "<!-- page 3 -->\n\nc", "1 of the pages asked for are there")]
    [InlineData("7", 7, "", "There is no page 7: the document has 3.")]
    public async Task Pages_of_a_document_are_chosen(string pages, int read, string text, string? note)
    {
        await using var firecrawl = await StartAsync(null);
        firecrawl.On(
            "POST /scrape",
            """{"success":true,"data":{"markdown":"abc","pages":[{"pageNumber":1,"markdown":"a"},{"pageNumber":2,"markdown":"b"},{"pageNumber":3,"markdown":"c"}],"metadata":{"numPages":3,"totalPages":3}}}"""
        );
        foreach (var tool in (string[])["firecrawl_scrape", "firecrawl_parse"])
        {
            var arguments = """{"url":"https://a.example/a.pdf","pdfOptions":{"mode":"fast","pages":"RANGE"}}""".Replace(
                "RANGE",
                pages,
                StringComparison.Ordinal
            );
            var reply = await firecrawl.CallAsync(tool, arguments);
            Assert.StartsWith(text, reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("pageNumber", reply.Text, StringComparison.Ordinal);
            Assert.Contains(note ?? "", reply.Text, StringComparison.Ordinal);
            Assert.Equal(
                """{"url":"https://a.example/a.pdf","parsers":[{"type":"pdf","mode":"fast","maxPages":""" + read + ""","pages":true}]}""",
                firecrawl.LastBody
            );
        }
    }

    [Theory]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","pdfOptions":{"pages":"x"}}""",
        "pdfOptions.pages='x' is not a range of pages"
    )]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","pdfOptions":{"pages":"5-3"}}""", "is not a range of pages")]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","pdfOptions":{"pages":"5","maxPages":2}}""", "leave maxPages out")]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","scrapeOptions":{"pdfOptions":{"pages":"5"}}}""", "use maxPages here")]
    public async Task Pages_that_cannot_be_meant_are_refused(string tool, string arguments, string told)
    {
        await using var firecrawl = await StartAsync(null);
        Assert.Contains(told, (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_document_that_comes_undivided_says_so()
    {
        await using var firecrawl = await StartAsync(null);
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"abc"}}""");
        var reply = await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example","pdfOptions":{"pages":"2"}}""");
        Assert.Contains("this is the text up to page 2", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domains_may_have_a_star_anywhere()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_DENIED_DOMAINS", "docs.*.example"));
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""");
        Assert.True((await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://Docs.a.example"}""")).IsError);
        Assert.True((await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://old.docs.a.example"}""")).IsError);
        Assert.False((await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://blog.a.example"}""")).IsError);
    }

    private static Task<FirecrawlGateway> StartAsync(string? defaults) =>
        FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"), ("FIRECRAWL_DEFAULTS", defaults));
}
