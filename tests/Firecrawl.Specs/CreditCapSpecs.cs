using System.Globalization;

namespace Firecrawl.Specs;

/// <summary>What one call may cost at the most, before anything is spent.</summary>
public sealed class CreditCapSpecs
{
    private const string Site = """{"url":"https://a.example"}""";

    [Theory]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","limit":21}""", 21)]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","limit":11,"zeroDataRetention":true}""", 22)]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","limit":5,"scrapeOptions":{"formats":["json"],"jsonOptions":{"prompt":"p"}}}""",
        25
    )]
    [InlineData("firecrawl_batch_scrape", """{"urls":["https://a.example","https://x.com/a"]}""", 31)]
    [InlineData("firecrawl_search", """{"query":"q","limit":20,"scrapeOptions":{"formats":["markdown"]}}""", 24)]
    [InlineData("firecrawl_search", """{"query":"q","limit":60,"sources":["web","news"]}""", 24)]
    [InlineData("firecrawl_search", """{"query":"q","limit":21,"enterprise":["zdr"]}""", 30)]
    [InlineData("firecrawl_agent", """{"prompt":"p","maxCredits":100}""", 100)]
    [InlineData(
        "firecrawl_monitor_update",
        """{"id":"m1","body":{"targets":[{"type":"crawl","url":"https://a.example","crawlOptions":{"limit":0}}]}}""",
        10_000
    )]
    [InlineData("firecrawl_extract", """{"urls":["https://a.example"],"prompt":"p"}""", 1000)]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","formats":["deterministicJson","audio","video",{"type":"highlights","query":"q"}],"jsonOptions":{"prompt":"p"}}""",
        22
    )]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example/A.PDF","pdfOptions":{"maxPages":40}}""", 40)]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example/","pdfOptions":{"pages":"38-40"}}""", 40)]
    [InlineData("firecrawl_parse", """{"filePath":"a.pdf","content":"YQ==","pdfOptions":{"maxPages":5},"redactPII":true}""", 25)]
    [InlineData("firecrawl_interact", """{"scrapeId":"s1","prompt":"p"}""", 70)]
    [InlineData("firecrawl_interact", """{"url":"https://a.example","code":"1"}""", 21)]
    [InlineData("firecrawl_browser_create", """{"ttl":3600}""", 120)]
    [InlineData("firecrawl_monitor_create", """{"site":"https://a.example"}""", 50)]
    [InlineData("firecrawl_monitor_create", """{"queries":["q"],"goal":"g","maxResults":50}""", 60)]
    [InlineData("firecrawl_monitor_update", """{"id":"m1","body":{"targets":[{"type":"crawl","url":"https://a.example"}]}}""", 10_000)]
    [InlineData(
        "firecrawl_monitor_update",
        """{"id":"m1","body":{"targets":[{"type":"crawl","url":"https://a.example","crawlOptions":{"limit":1e6}}]}}""",
        1_000_000
    )]
    [InlineData(
        "firecrawl_monitor_create",
        """{"body":{"targets":[{"type":"crawl","url":"https://a.example","crawlOptions":{"limit":20.5}}]}}""",
        21
    )]
    public async Task What_may_cost_more_than_the_operator_allows_is_not_sent(string tool, string arguments, int credits)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("FIRECRAWL_MAX_CREDITS_PER_CALL", "20"),
            ("FIRECRAWL_TOOLSETS", "all"),
            // No name is looked up then.
            ("FIRECRAWL_ALLOW_PRIVATE", "true")
        );
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"This may cost about {credits} credits, and the operator allows 20 for one call"),
            (await firecrawl.CallAsync(tool, arguments)).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task Defaults_fit_into_what_the_operator_allows()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_MAX_CREDITS_PER_CALL", "20"));
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""")
            .On("POST /agent", """{"success":true,"id":"a1"}""");
        var answer = await firecrawl.ReadAsync("firecrawl_crawl", Site);
        Assert.Contains("limit was 20 pages", answer.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            """{"url":"https://a.example","limit":20,"scrapeOptions":{"parsers":[{"type":"pdf","maxPages":1}]}}""",
            firecrawl.Api.Received[0].Text
        );
        await firecrawl.ReadAsync("firecrawl_agent", """{"prompt":"p","waitSeconds":0}""");
        Assert.Equal("""{"prompt":"p","maxCredits":20}""", firecrawl.LastBody);
    }

    [Fact]
    public async Task Where_the_operator_allows_more_the_default_of_a_crawl_stays()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_MAX_CREDITS_PER_CALL", "1000"));
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        await firecrawl.ReadAsync("firecrawl_crawl", Site);
        Assert.Contains("\"limit\":50,", firecrawl.Api.Received[0].Text, StringComparison.Ordinal);
    }

    /// <summary>Nobody knows before how many pages a document has, and each is paid for.</summary>
    [Theory]
    [InlineData("firecrawl_scrape", Site, 20)]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","formats":["json"],"jsonOptions":{"prompt":"p"}}""", 16)]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","parsers":["pdf"],"redactPII":true}""", 4)]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example","pdfOptions":{"maxPages":500}}""", 20)]
    [InlineData("firecrawl_scrape", """{"url":"https://a.example/a.pdf","pdfOptions":{"maxPages":7}}""", 7)]
    [InlineData("firecrawl_parse", """{"filePath":"a.pdf","content":"YQ=="}""", 20)]
    public async Task A_document_is_read_as_far_as_the_credits_reach(string tool, string arguments, int pages)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_MAX_CREDITS_PER_CALL", "20"));
        const string Page =
            """{"success":true,"data":{"markdown":"x","json":{"a":1},"metadata":{"numPages":20,"totalPages":900,"contentType":"application/pdf"}}}""";
        firecrawl.On("POST /scrape", Page).On("POST /parse", Page);
        var answer = await firecrawl.ReadAsync(tool, arguments);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"\"parsers\":[{{\"type\":\"pdf\",\"maxPages\":{pages}}}]"),
            firecrawl.LastBody,
            StringComparison.Ordinal
        );
        Assert.Contains("20 of the document's 900 pages were read", answer.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Any page that a crawl, a batch or a search comes upon may be a document.</summary>
    [Theory]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","limit":5}""", 4)]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","limit":5,"scrapeOptions":{"pdfOptions":{"maxPages":9}}}""", 4)]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","limit":5,"scrapeOptions":{"pdfOptions":{"maxPages":3}}}""", 3)]
    [InlineData(
        "firecrawl_batch_scrape",
        """{"urls":["https://a.example/a","https://a.example/b"],"scrapeOptions":{"redactPII":true}}""",
        2
    )]
    [InlineData("firecrawl_search", """{"query":"q","limit":6,"scrapeOptions":{"formats":["markdown"]}}""", 3)]
    public async Task Documents_among_the_pages_are_read_as_far_as_the_credits_reach(string tool, string arguments, int pages)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("FIRECRAWL_MAX_CREDITS_PER_CALL", "20"),
            ("FIRECRAWL_TOOLSETS", "all"),
            ("FIRECRAWL_ALLOW_PRIVATE", "true")
        );
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""")
            .On("POST /batch/scrape", """{"success":true,"id":"b1"}""")
            .On("GET /batch/scrape/b1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""")
            .On("GET /batch/scrape/b1/errors", """{"errors":[],"robotsBlocked":[]}""")
            .On("POST /search", """{"success":true,"data":{"web":[]}}""");
        await firecrawl.CallAsync(tool, arguments);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"\"parsers\":[{{\"type\":\"pdf\",\"maxPages\":{pages}}}]"),
            firecrawl.Api.Received.First(request => request.Method == "POST").Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("20", "cloud", """{"url":"https://a.example","parsers":[]}""")]
    [InlineData("20", "2.0", Site)]
    [InlineData("", "cloud", Site)]
    public async Task Nothing_is_bounded_that_is_not_billed(string cap, string version, string arguments)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(
            ("FIRECRAWL_MAX_CREDITS_PER_CALL", cap),
            ("FIRECRAWL_VERSION", version)
        );
        firecrawl.On("POST /scrape", """{"success":true,"data":{"markdown":"x"}}""");
        await firecrawl.ReadAsync("firecrawl_scrape", arguments);
        Assert.Equal(arguments, firecrawl.LastBody);
    }
}
