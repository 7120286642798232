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
}
