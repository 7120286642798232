using McpGateway.Testing;

namespace GitHub.Specs;

/// <summary>Whatever GitHub answers under 200, each tool says one clear sentence, or what is right.</summary>
public sealed class GarbageSpecs
{
    [Fact]
    public async Task No_tool_fails_unexpectedly_or_finds_nothing_where_the_answer_is_no_answer()
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        var (calls, problems) = await new GarbageCalls(github.Gateway, github.Upstream, StubbedGitHub.Bearer, time)
        {
            Samples = SampleCalls.Samples,
            AlsoWanted = SampleCalls.AlsoWanted,
            // What they take depends on the method, beyond what a list by tool can say.
            Silent = ["projects_write", "projects_get"],
        }.RunAsync();
        Assert.True(calls > 5_000, $"{calls}");
        Assert.True(problems.Count == 0, $"{problems.Count} of {calls}:\n{string.Join('\n', problems.Take(60))}");
    }
}
