using McpGateway.Testing;

namespace Firecrawl.Specs;

/// <summary>A person who is asked about a destructive call reads what jobs and monitors are about.</summary>
public sealed class NameSpecs
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    [Theory]
    [InlineData(
        "firecrawl_cancel",
        """{"kind":"crawl","id":"11111111-2222-3333-4444-555555555555"}""",
        "scraping, 3 of 9 pages, of https://a.example/"
    )]
    [InlineData(
        "firecrawl_cancel",
        """{"kind":"batch","id":"11111111-2222-3333-4444-555555555555"}""",
        "scraping, 1 of 2 pages, of https://b.example/x"
    )]
    [InlineData("firecrawl_monitor_delete", """{"id":"11111111-2222-3333-4444-555555555555"}""", "Prices")]
    [InlineData("firecrawl_browser_delete", """{"id":"11111111-2222-3333-4444-555555555555"}""", "active, since 2026-11-01T12:00:00Z")]
    public async Task Ids_are_told_in_words(string tool, string arguments, string told)
    {
        await using var gateway = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        gateway
            .Api.On($"GET /v2/crawl/{Id}", """{"success":true,"status":"scraping","completed":3,"total":9,"data":[]}""")
            .On("GET /v2/crawl/active", $$"""{"success":true,"crawls":[{"id":"{{Id}}","url":"https://a.example/"}]}""")
            .On(
                $"GET /v2/batch/scrape/{Id}",
                """{"success":true,"status":"scraping","completed":1,"total":2,"data":[{"metadata":{"sourceURL":"https://b.example/x"}}]}"""
            )
            .On($"GET /v2/monitor/{Id}", $$"""{"success":true,"data":{"id":"{{Id}}","name":"Prices"} }""")
            .On(
                "GET /v2/interact",
                $$"""{"success":true,"sessions":[{"id":"{{Id}}","status":"active","createdAt":"2026-11-01T12:00:00Z"}]}"""
            );
        Assert.Contains(
            $"(id: {told})?",
            await Question.AskedAsync(gateway.Gateway, tool, arguments, FirecrawlGateway.Caller),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("firecrawl_cancel", """{"kind":"agent","id":"11111111-2222-3333-4444-555555555555"}""", "id: agent, 2026-11-01T12:00:00Z")]
    [InlineData(
        "firecrawl_agent",
        """{"prompt":"More","threadId":"11111111-2222-3333-4444-555555555555"}""",
        "threadId: agent, 2026-11-01T12:00:00Z"
    )]
    [InlineData(
        "firecrawl_interact_stop",
        """{"scrapeId":"21111111-2222-3333-4444-555555555555"}""",
        "scrapeId: scrape of https://a.example/x, 2026-11-01T11:00:00Z"
    )]
    [InlineData(
        "firecrawl_interact",
        """{"scrapeId":"21111111-2222-3333-4444-555555555555","prompt":"Buy it"}""",
        "scrapeId: scrape of https://a.example/x, 2026-11-01T11:00:00Z"
    )]
    [InlineData(
        "firecrawl_search_feedback",
        """{"searchId":"31111111-2222-3333-4444-555555555555","rating":"bad","missingContent":[{"topic":"t"}]}""",
        "searchId: search of cheap tea, 2026-11-01T10:00:00Z"
    )]
    [InlineData(
        "firecrawl_feedback",
        """{"endpoint":"scrape","rating":"bad","jobId":"21111111-2222-3333-4444-555555555555","issues":["i"]}""",
        "jobId: scrape of https://a.example/x, 2026-11-01T11:00:00Z"
    )]
    [InlineData(
        "firecrawl_batch_scrape",
        """{"urls":["https://b.example/y"],"appendToId":"11111111-2222-3333-4444-555555555555"}""",
        "appendToId: scraping, 1 of 2 pages, of https://b.example/x"
    )]
    [InlineData("firecrawl_monitor_run", """{"id":"11111111-2222-3333-4444-555555555555"}""", "id: Prices")]
    [InlineData("firecrawl_interact_stop", """{"scrapeId":"91111111-2222-3333-4444-555555555555"}""", "")]
    public async Task What_the_account_did_is_told_in_words_as_well(string tool, string arguments, string told)
    {
        await using var gateway = await FirecrawlGateway.StartAsync([("FIRECRAWL_TOOLSETS", "all"), .. Question.Lent]);
        gateway
            .Api.On(
                "GET /v2/team/activity?limit=100",
                """
                {"success":true,"has_more":false,"data":[
                 {"id":"11111111-2222-3333-4444-555555555555","endpoint":"agent","created_at":"2026-11-01T12:00:00Z"},
                 {"id":"21111111-2222-3333-4444-555555555555","endpoint":"scrape","created_at":"2026-11-01T11:00:00Z","target":"https://a.example/x"},
                 {"id":"31111111-2222-3333-4444-555555555555","endpoint":"search","created_at":"2026-11-01T10:00:00Z","target":"cheap tea"}]}
                """
            )
            .On(
                $"GET /v2/batch/scrape/{Id}",
                """{"success":true,"status":"scraping","completed":1,"total":2,"data":[{"metadata":{"sourceURL":"https://b.example/x"}}]}"""
            )
            .On($"GET /v2/monitor/{Id}", $$"""{"success":true,"data":{"id":"{{Id}}","name":"Prices"} }""");
        Assert.Equal(told, await Question.WaitingAsync(gateway.Gateway, tool, arguments));
        Assert.All(gateway.Api.Received, request => Assert.Equal("GET", request.Method));
    }
}
