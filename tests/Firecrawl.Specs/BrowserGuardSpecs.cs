namespace Firecrawl.Specs;

/// <summary>Browsers and monitors are bounded as scrapes are.</summary>
public sealed class BrowserGuardSpecs
{
    [Theory]
    [InlineData("firecrawl_browser_execute", """{"id":"b1","code":"1"}""")]
    [InlineData("firecrawl_interact", """{"scrapeId":"s1","code":"1"}""")]
    [InlineData("firecrawl_interact", """{"scrapeId":"s1","prompt":"buy it"}""")]
    public async Task Safe_mode_works_in_no_browser(string tool, string arguments)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"), ("FIRECRAWL_SAFE_MODE", "true"));
        Assert.StartsWith(
            "Work in a live browser is refused",
            (await firecrawl.CallAsync(tool, arguments)).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }

    [Theory]
    [InlineData("firecrawl_monitor_create", """{"page":"http://10.0.0.1"}""")]
    [InlineData("firecrawl_monitor_create", """{"page":"https://a.example","webhookUrl":"http://10.0.0.1"}""")]
    [InlineData("firecrawl_monitor_create", """{"body":{"targets":[{"type":"crawl","url":"http://10.0.0.1"}]}}""")]
    [InlineData("firecrawl_monitor_create", """{"body":{"targets":[{"type":"crawl","url":["http://10.0.0.1"]}]}}""")]
    [InlineData("firecrawl_monitor_create", """{"body":{"options":{"url":"http://10.0.0.1"}}}""")]
    [InlineData("firecrawl_parse", """{"url":"http://10.0.0.1/a.pdf"}""")]
    [InlineData("firecrawl_monitor_update", """{"id":"m1","body":{"webhook":{"url":"http://10.0.0.1"}}}""")]
    [InlineData("firecrawl_interact", """{"url":"http://10.0.0.1","prompt":"p"}""")]
    public async Task Monitors_and_browsers_stay_outside_as_well(string tool, string arguments)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        Assert.Contains(
            "leads to a private, local or reserved address",
            (await firecrawl.CallAsync(tool, arguments)).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(firecrawl.Requests);
    }
}
