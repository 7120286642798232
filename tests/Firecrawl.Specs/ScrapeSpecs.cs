using System.Text;
using ModelContextProtocol.Protocol;

namespace Firecrawl.Specs;

public sealed class ScrapeSpecs
{
    private const string Page =
        """{"success":true,"data":{"markdown":"# Käse & <b>","metadata":{"statusCode":200,"scrapeId":"s1"},"novelty":{"kept":true}}}""";

    [Fact]
    public async Task A_page_is_answered_once_and_whole_with_what_we_do_not_know()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_PAGES_MB", "0"));
        firecrawl.On("POST /scrape", Page);
        var reply = await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example/x"}""");
        Assert.Equal(
            [
                "# Käse & <b>",
                """{"markdown":"(text 1 of this result)","metadata":{"statusCode":200,"scrapeId":"s1"},"novelty":{"kept":true}}""",
            ],
            reply.Result.Content.Select(block => ((TextContentBlock)block).Text)
        );
        Assert.Null(reply.Result.StructuredContent);
    }

    [Theory]
    [InlineData("""{"url":"https://a.example"}""", """{"url":"https://a.example"}""")]
    [InlineData(
        """{"url":"https://a.example","formats":["markdown","json"],"jsonOptions":{"prompt":"p","schema":{"url":"x"}}}""",
        """{"url":"https://a.example","formats":["markdown",{"type":"json","prompt":"p","schema":{"url":"x"}}]}"""
    )]
    [InlineData(
        """{"url":"https://a.example","formats":[{"type":"json","prompt":"p"},"screenshot"],"screenshotOptions":{"fullPage":true}}""",
        """{"url":"https://a.example","formats":[{"type":"json","prompt":"p"},{"type":"screenshot","fullPage":true}]}"""
    )]
    [InlineData(
        """{"url":"https://a.example","formats":["query"],"queryOptions":{"prompt":"p"}}""",
        """{"url":"https://a.example","formats":[{"type":"question","question":"p"}]}"""
    )]
    [InlineData(
        """{"url":"https://a.example","formats":["query"],"queryOptions":{"prompt":"p","mode":"directQuote"}}""",
        """{"url":"https://a.example","formats":[{"type":"highlights","query":"p"}]}"""
    )]
    [InlineData(
        """{"url":"https://a.example","actions":[{"type":"generatePDF"},{"type":"click","selector":"#a","all":true}],"proxy":"stealth"}""",
        """{"url":"https://a.example","actions":[{"type":"pdf"},{"type":"click","selector":"#a","all":true}],"proxy":"stealth"}"""
    )]
    [InlineData(
        """{"url":"https://a.example","parsers":["pdf"],"pdfOptions":{"maxPages":3},"redactPII":{"mode":"fast"},"onlyMainContent":false}""",
        """{"url":"https://a.example","parsers":[{"type":"pdf","maxPages":3}],"onlyMainContent":false,"redactPII":{"mode":"fast"}}"""
    )]
    [InlineData(
        """{"url":"https://a.example","actions":[{"type":"wait","milliseconds":5},{"type":"wait","selector":"#a"},{"type":"screenshot","fullPage":true,"quality":80,"viewport":{"width":9,"height":8}},{"type":"write","text":"t"},{"type":"press","key":"Enter"},{"type":"scroll","direction":"up","selector":"#b"},{"type":"scrape"},{"type":"executeJavascript","script":"1"},{"type":"pdf","format":"A4","landscape":true,"scale":0.5}]}""",
        """{"url":"https://a.example","actions":[{"type":"wait","milliseconds":5},{"type":"wait","selector":"#a"},{"type":"screenshot","fullPage":true,"quality":80,"viewport":{"width":9,"height":8}},{"type":"write","text":"t"},{"type":"press","key":"Enter"},{"type":"scroll","selector":"#b","direction":"up"},{"type":"scrape"},{"type":"executeJavascript","script":"1"},{"type":"pdf","format":"A4","landscape":true,"scale":0.5}]}"""
    )]
    [InlineData(
        """{"url":"https://a.example","formats":["markdown","summary","html","rawHtml","links","images","branding","product","menu","audio","video",{"type":"changeTracking","modes":["git-diff","json"],"tag":"t"},{"type":"question","question":"q"},{"type":"highlights","query":"q"}]}""",
        """{"url":"https://a.example","formats":["markdown","summary","html","rawHtml","links","images","branding","product","menu","audio","video",{"type":"changeTracking","modes":["git-diff","json"],"tag":"t"},{"type":"question","question":"q"},{"type":"highlights","query":"q"}]}"""
    )]
    [InlineData(
        """{"url":"https://a.example","onlyCleanContent":true,"includeTags":["a"],"excludeTags":["b"],"waitFor":1000,"mobile":true,"skipTlsVerification":false,"removeBase64Images":false,"blockAds":false,"location":{"country":"DE","languages":["de"]},"storeInCache":false,"zeroDataRetention":true,"maxAge":0,"minAge":1,"lockdown":true,"profile":{"name":"n","saveChanges":false},"headers":{"A":"b"},"timeout":1000,"parsers":[{"type":"pdf","mode":"ocr","pages":[1],"pageMarkers":true}]}""",
        """{"url":"https://a.example","parsers":[{"type":"pdf","mode":"ocr","pages":[1],"pageMarkers":true}],"onlyCleanContent":true,"includeTags":["a"],"excludeTags":["b"],"waitFor":1000,"mobile":true,"skipTlsVerification":false,"removeBase64Images":false,"blockAds":false,"location":{"country":"DE","languages":["de"]},"storeInCache":false,"zeroDataRetention":true,"maxAge":0,"minAge":1,"lockdown":true,"profile":{"name":"n","saveChanges":false},"headers":{"A":"b"},"timeout":1000}"""
    )]
    public async Task Only_what_the_caller_gave_is_sent_in_the_form_the_api_documents(string arguments, string sent)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /scrape", Page);
        await firecrawl.ReadAsync("firecrawl_scrape", arguments);
        Assert.Equal(sent, firecrawl.LastBody);
    }

    [Theory]
    [InlineData("""{"url":"https://a.example","formats":["json"]}""", "formats: 'json' needs jsonOptions {prompt, schema}.")]
    [InlineData("""{"url":"https://a.example","jsonOptions":{"prompt":"p"}}""", "jsonOptions requires 'json' among formats: add it.")]
    [InlineData("""{"url":"ftp://a.example"}""", "url='ftp://a.example' is not a web address: use http://… or https://….")]
    [InlineData(
        """{"url":7}""",
        "Invalid arguments for tool firecrawl_scrape, nothing was done. url: expected a string, received 7. Example: \"url\": \"https://example.com/\""
    )]
    public async Task A_wrong_argument_is_a_tool_error_that_says_what_to_do(string arguments, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.Equal(told, (await firecrawl.CallAsync("firecrawl_scrape", arguments)).Error);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_page_that_is_too_long_is_cut_and_says_so()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On(
            "POST /scrape",
            $$"""{"success":true,"data":{"markdown":"{{new string('x', 400_000)}}","metadata":{"statusCode":200} } }"""
        );
        var reply = await firecrawl.CallAsync("firecrawl_scrape", """{"url":"https://a.example"}""");
        Assert.InRange(Encoding.UTF8.GetByteCount(reply.Text), 10_000, 101_000);
        Assert.StartsWith("[Cut: characters 0 to ", reply.Text, StringComparison.Ordinal);
        Assert.Contains("\"statusCode\":200", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_of_links_is_cut_and_says_so()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        var links = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"{{\"url\":\"https://a.example/{new string('p', 50)}/{i}\"}}"));
        firecrawl.On("POST /map", $$"""{"success":true,"links":[{{links}}]}""");
        var map = await firecrawl.ReadAsync("firecrawl_map", """{"url":"https://a.example","limit":5000}""");
        Assert.InRange(map.GetProperty("links").GetArrayLength(), 300, 1_500);
        Assert.EndsWith("of 5000 items", map.GetProperty("cut")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"url":"https://a.example","limit":5000}""", firecrawl.LastBody);
    }

    [Fact]
    public async Task A_search_sends_nothing_a_strict_server_would_refuse()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On(
            "POST /search",
            """{"success":true,"data":{"web":[{"url":"https://a.example","title":"A"}]},"id":"i1","creditsUsed":2}"""
        );
        var found = await firecrawl.ReadAsync(
            "firecrawl_search",
            """{"query":"q","limit":3,"sources":["web"],"scrapeOptions":{"formats":["markdown"]}}"""
        );
        Assert.Equal("""{"query":"q","limit":3,"sources":["web"],"scrapeOptions":{"formats":["markdown"]}}""", firecrawl.LastBody);
        Assert.Equal(2, found.GetProperty("creditsUsed").GetInt32());
        Assert.Contains(
            "scrapeOptions.mobile: expected true or false, received \"perhaps\"",
            (await firecrawl.CallAsync("firecrawl_search", """{"query":"q","scrapeOptions":{"mobile":"perhaps"}}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","timeout":30}""",
        "timeout=30 is a time in milliseconds, and at least 1000 of them: timeout=30000 is 30 s."
    )]
    [InlineData(
        "firecrawl_scrape",
        """{"url":"https://a.example","waitFor":5}""",
        "waitFor=5 is a time in milliseconds, and at least 100 of them: waitFor=5000 is 5 s."
    )]
    [InlineData(
        "firecrawl_crawl",
        """{"url":"https://a.example","scrapeOptions":{"timeout":30}}""",
        "timeout=30 is a time in milliseconds, and at least 1000 of them: timeout=30000 is 30 s."
    )]
    [InlineData("firecrawl_crawl", """{"url":"https://a.example","delay":1000}""", "delay=1000 is in seconds")]
    public async Task A_time_in_the_wrong_unit_is_told(string tool, string arguments, string told)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        Assert.StartsWith(told, (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }
}
