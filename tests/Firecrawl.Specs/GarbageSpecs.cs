using McpGateway.Testing;

namespace Firecrawl.Specs;

/// <summary>Whatever Firecrawl answers under 200, each tool says one clear sentence, or what is right.</summary>
public sealed class GarbageSpecs
{
    [Fact]
    public async Task No_tool_fails_unexpectedly_or_finds_nothing_where_the_answer_is_no_answer()
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
        var (calls, problems) = await new GarbageCalls(firecrawl.Gateway, firecrawl.Api, FirecrawlGateway.Caller, firecrawl.Time)
        {
            Samples = new Dictionary<string, string>
            {
                ["url"] = "\"https://site.example/a\"",
                ["urls"] = """["https://site.example/a"]""",
                ["page"] = "\"https://site.example/a\"",
                ["id"] = "\"site.example\"",
                ["waitSeconds"] = "10",
            },
            AlsoWanted = new Dictionary<string, string[]>
            {
                ["firecrawl_scrape"] = ["url"],
                ["firecrawl_parse"] = ["url"],
                ["firecrawl_monitor_create"] = ["page"],
                ["firecrawl_extract"] = ["urls"],
                ["firecrawl_interact"] = ["url", "prompt"],
            },
            Silent = ["firecrawl_read_more"],
        }.RunAsync();
        Assert.True(calls > 2_000, $"{calls}");
        Assert.True(problems.Count == 0, $"{problems.Count} of {calls}:\n{string.Join('\n', problems.Take(60))}");
    }
}
