namespace Firecrawl.Specs;

/// <summary>Regular expressions that match no path are refused: a crawl would read nothing, or all that was to be left out.</summary>
public sealed class CrawlPathSpecs
{
    private const string Whole =
        "is a whole address, and only its path is compared: leave the host out, such as '/blog/.*', or give regexOnFullURL=true.";

    [Theory]
    [InlineData("""["/a","https://a.example/blog/.*"]""", "[1]='https://a.example/blog/.*' " + Whole)]
    [InlineData("""["^https?://a\\.example/x"]""", "[0]='^https?://a\\.example/x' " + Whole)]
    [InlineData("""["*.pdf"]""", "[0]='*.pdf' is no regular expression: '.*' stands for any text, as in '/blog/.*'.")]
    [InlineData("""["/docs/**"]""", "[0]='/docs/**' is no regular expression")]
    public async Task A_path_that_none_has_is_refused(string paths, string said)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        foreach (var field in (string[])["includePaths", "excludePaths"])
        {
            var refused = await firecrawl.CallAsync("firecrawl_crawl", $$"""{"url":"https://a.example","{{field}}":{{paths}} }""");
            Assert.Contains(field + said, refused.Text, StringComparison.Ordinal);
            refused = await firecrawl.CallAsync(
                "firecrawl_monitor_create",
                $$$"""{"body":{"name":"n","schedule":{"text":"daily"},"targets":[{"type":"crawl","url":"https://a.example","crawlOptions":{"{{{field}}}":{{{paths}}} } }]} }"""
            );
            Assert.Contains($"body.targets: {field}{said}", refused.Text, StringComparison.Ordinal);
        }

        Assert.Empty(firecrawl.Api.Received);
    }

    [Theory]
    [InlineData("""{"url":"https://a.example","includePaths":["https://a\\.example/blog/.*"],"regexOnFullURL":true}""")]
    [InlineData("""{"url":"https://a.example","includePaths":["/blog/*","^/x/\\*\\*$","/r\\?to=https://b"]}""")]
    public async Task What_may_match_is_sent(string arguments)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl
            .On("POST /crawl", """{"success":true,"id":"c1"}""")
            .On("GET /crawl/c1", """{"status":"completed","total":1,"completed":1,"data":[{"markdown":"a"}]}""");
        Assert.False((await firecrawl.CallAsync("firecrawl_crawl", arguments)).IsError);
    }
}
