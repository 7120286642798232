using McpGateway.Testing;

namespace Firecrawl.Specs;

/// <summary>What is asked for in words has some: a search for a blank is paid for, and finds anything.</summary>
public sealed class BlankSpecs
{
    [Fact]
    public async Task Every_tool_refuses_a_blank_where_it_needs_a_text()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var (calls, problems) = await new BlankCalls(firecrawl.Gateway, firecrawl.Api, FirecrawlGateway.Caller, firecrawl.Time)
        {
            Samples = SampleCalls.Samples,
        }.RunAsync();
        Assert.True(calls > 35, $"{calls}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [InlineData("firecrawl_search", """{"query":"   "}""", "query is empty.")]
    [InlineData("search", """{"query":"\n"}""", "query is empty.")]
    [InlineData("firecrawl_developer_search", """{"query":"\u200b\u200d"}""", "query is empty.")]
    [InlineData("firecrawl_agent", """{"prompt":"\u2060 \ufeff"}""", "prompt is empty.")]
    [InlineData("firecrawl_batch_scrape", """{"urls":["https://site.example/a"," "]}""", "urls[1] is empty: leave it out.")]
    [InlineData("firecrawl_batch_scrape", """{"urls":"\u200b"}""", "urls[0] is empty: leave it out.")]
    [InlineData("firecrawl_agent", """{"prompt":"p","urls":["\u200b","https://site.example/a"]}""", "urls[0] is empty: leave it out.")]
    [InlineData("firecrawl_monitor_create", """{"queries":["prices","\n"]}""", "queries[1] is empty: leave it out.")]
    [InlineData("firecrawl_extract", """{"prompt":" \u200b","urls":[" "]}""", "Give urls, prompt or both")]
    [InlineData("firecrawl_interact", """{"url":"https://site.example/a","prompt":"\u200b"}""", "and either prompt or code")]
    [InlineData("firecrawl_credit_usage", """{"byApiKey":true}""", "give it with view=historical.")]
    [InlineData("firecrawl_scrape", """{"url":"\u200b"}""", "Give either url (the page to read) or alexandria")]
    public async Task What_would_get_lost_is_refused_before_anything_is_asked(string tool, string arguments, string said)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        Assert.Contains(said, (await firecrawl.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(firecrawl.Requests);
    }

    [Fact]
    public async Task A_blank_that_need_not_be_given_was_not()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync();
        firecrawl.On("POST /map", """{"success":true,"links":[]}""");
        await firecrawl.CallAsync(
            "firecrawl_map",
            """{"url":"https://site.example/","search":"\u200b \n","includePaths":["/a"," "],"excludePaths":["\u200b"]}"""
        );
        Assert.Equal("""{"url":"https://site.example/","includePaths":["/a"]}""", firecrawl.LastBody);
    }
}
