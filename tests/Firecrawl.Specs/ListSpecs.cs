namespace Firecrawl.Specs;

/// <summary>Lists that are given, and lists that are returned.</summary>
public sealed class ListSpecs
{
    [Theory]
    [InlineData(
        "firecrawl_research_related_papers",
        """{"seed_ids":["p1","p2","p1"," p2"],"intent":"i"}""",
        "GET /search/research/papers/p1/similar?intent=i&anchor=p2",
        ""
    )]
    [InlineData(
        "firecrawl_monitor_create",
        """{"page":"https://a.example","pages":["https://a.example"," https://a.example"],"queries":["q","q "],"name":"n"}""",
        "POST /monitor",
        """{"name":"n","schedule":{"text":"every 30 minutes","timezone":"UTC"},"targets":[{"type":"scrape","urls":["https://a.example"]},{"type":"search","queries":["q"]}]}"""
    )]
    public async Task What_is_named_twice_is_asked_for_once(string tool, string arguments, string request, string body)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl.On(request.Split('?')[0], """{"success":true,"results":[]}""");
        await firecrawl.ReadAsync(tool, arguments);
        Assert.Equal(request, Assert.Single(firecrawl.Requests));
        Assert.Equal(body, firecrawl.Api.Received[0].Text);
    }

    [Theory]
    [InlineData(
        "firecrawl_map",
        """{"url":"https://a.example","limit":2}""",
        "POST /map",
        """{"success":true,"links":[{},{}]}""",
        "a larger limit"
    )]
    [InlineData("firecrawl_monitor_list", """{"limit":2}""", "GET /monitor", """{"success":true,"data":[{},{}]}""", "offset")]
    [InlineData(
        "firecrawl_monitor_checks",
        """{"id":"m1","limit":2}""",
        "GET /monitor/m1/checks",
        """{"success":true,"data":[{},{}]}""",
        "offset"
    )]
    [InlineData(
        "firecrawl_monitor_check",
        """{"id":"m1","checkId":"c1","limit":2}""",
        "GET /monitor/m1/checks/c1",
        """{"success":true,"data":{"pages":[{},{}]}}""",
        "skip"
    )]
    public async Task A_list_that_is_as_long_as_it_may_be_says_that_there_may_be_more(
        string tool,
        string arguments,
        string request,
        string answer,
        string next
    )
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        firecrawl.On(request, answer);
        Assert.Equal(
            $"There may be more than these 2: go on with {next}.",
            (await firecrawl.ReadAsync(tool, arguments)).GetProperty("note").GetString()
        );
        Assert.False(
            (await firecrawl.ReadAsync(tool, arguments.Replace("\"limit\":2", "\"limit\":3", StringComparison.Ordinal))).TryGetProperty(
                "note",
                out _
            )
        );
    }
}
