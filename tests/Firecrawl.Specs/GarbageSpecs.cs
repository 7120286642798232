using McpGateway.Testing;

namespace Firecrawl.Specs;

/// <summary>Whatever Firecrawl answers under 200, each tool says one clear sentence, or what is right.</summary>
public sealed class GarbageSpecs
{
    [Fact]
    public async Task No_tool_fails_unexpectedly_or_finds_nothing_where_the_answer_is_no_answer()
    {
        await using var firecrawl = await StartAsync();
        var (calls, problems) = await Calls(firecrawl).RunAsync();
        Assert.True(calls > 2_000, $"{calls}");
        Assert.True(problems.Count == 0, $"{problems.Count} of {calls}:\n{string.Join('\n', problems.Take(60))}");
    }

    [Fact]
    public async Task What_is_lost_once_the_API_has_read_it_does_not_leave_again()
    {
        await using var firecrawl = await StartAsync();
        var (lost, problems) = await Calls(firecrawl).LoseAsync();
        Assert.True(lost > 15, $"{lost}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static GarbageCalls Calls(FirecrawlGateway firecrawl) =>
        new(firecrawl.Gateway, firecrawl.Api, FirecrawlGateway.Caller, firecrawl.Time)
        {
            Samples = SampleCalls.Samples,
            AlsoWanted = SampleCalls.AlsoWanted,
            Silent = ["firecrawl_read_more"],
        };

    private static Task<FirecrawlGateway> StartAsync() => FirecrawlGateway.StartAsync(("FIRECRAWL_TOOLSETS", "all"));
}
