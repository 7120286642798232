namespace Firecrawl.Specs;

/// <summary>What is told apart before it is sent: each option of a page, by whether a Firecrawl 2.0 (August 2025) knows it.</summary>
public sealed class FirstVersionOptionSpecs
{
    /// <summary>Every option of a page with a value, by the versions that know it.</summary>
    private static readonly (string Option, string Value, bool IsKnown)[] Options =
    [
        ("formats", """["markdown","html","rawHtml","links","summary","screenshot"]""", true),
        ("formats", """["images"]""", false),
        ("formats", """["markdown",{"type":"attributes","selectors":[]}]""", false),
        ("parsers", """["pdf"]""", true),
        ("parsers", """[{"type":"pdf","maxPages":2}]""", false),
        ("onlyMainContent", "false", true),
        ("onlyCleanContent", "true", false),
        ("redactPII", "true", false),
        ("includeTags", """["a"]""", true),
        ("excludeTags", """["b"]""", true),
        ("waitFor", "500", true),
        ("actions", """[{"type":"scrape"}]""", true),
        ("mobile", "true", true),
        ("skipTlsVerification", "true", true),
        ("removeBase64Images", "true", true),
        ("blockAds", "true", true),
        ("location", """{"country":"DE","languages":["de"]}""", true),
        ("storeInCache", "false", true),
        ("maxAge", "0", true),
        ("minAge", "1", false),
        ("lockdown", "true", false),
        ("proxy", "\"stealth\"", true),
        ("proxy", "\"enhanced\"", false),
        ("profile", """{"name":"n"}""", false),
        ("headers", """{"A":"b"}""", true),
        ("timeout", "9000", true),
        ("threatProtection", """{"mode":"off"}""", false),
        ("auditMetadata", """{"username":"u"}""", false),
    ];

    [Fact]
    public async Task Each_option_of_a_page_is_sent_where_a_2_0_knows_it_and_refused_where_not()
    {
        await using var firecrawl = await FirecrawlGateway.StartSelfHostedAsync(
            ("FIRECRAWL_VERSION", "2.0"),
            ("FIRECRAWL_TOOLSETS", "all")
        );
        var contract = await Contract.ReadAsync("2025-08");
        contract.Serve(firecrawl.Api);
        foreach (var (option, value, isKnown) in Options)
        {
            foreach (var (tool, arguments) in PagesWith(option, value))
            {
                var before = Starts(firecrawl);
                var reply = await firecrawl.CallAsync(tool, arguments);
                Assert.True(isKnown == !reply.IsError, $"{tool} {arguments}: {reply.Text}");
                Assert.Equal(before + (isKnown ? 1 : 0), Starts(firecrawl));
            }
        }

        Assert.Empty(contract.Refused);
    }

    private static IEnumerable<(string Tool, string Arguments)> PagesWith(string option, string value)
    {
        yield return ("firecrawl_scrape", $$"""{"url":"https://a.example","{{option}}":{{value}}}""");
        var options = $$"""{"{{option}}":{{value}}}""";
        yield return ("firecrawl_batch_scrape", $$"""{"urls":["https://a.example"],"waitSeconds":0,"scrapeOptions":{{options}}}""");
        yield return ("firecrawl_crawl", $$"""{"url":"https://a.example","waitSeconds":0,"scrapeOptions":{{options}}}""");
        yield return ("firecrawl_extract", $$"""{"urls":["https://a.example"],"waitSeconds":0,"scrapeOptions":{{options}}}""");
        if (option is not ("actions" or "profile"))
        {
            yield return ("firecrawl_search", $$"""{"query":"q","scrapeOptions":{{options}}}""");
        }
    }

    private static int Starts(FirecrawlGateway firecrawl) => firecrawl.Api.Received.Count(request => request.Method == "POST");
}
