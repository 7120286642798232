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
        var (calls, problems) = await Calls(github, time).RunAsync();
        Assert.True(calls > 5_000, $"{calls}");
        Assert.True(problems.Count == 0, $"{problems.Count} of {calls}:\n{string.Join('\n', problems.Take(60))}");
    }

    [Fact]
    public async Task What_is_lost_once_the_API_has_read_it_does_not_leave_again()
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        var (lost, problems) = await Calls(github, time).LoseAsync();
        Assert.True(lost > 30, $"{lost}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static GarbageCalls Calls(StubbedGitHub github, RunningClock time) =>
        new(github.Gateway, github.Upstream, StubbedGitHub.Bearer, time)
        {
            Samples = SampleCalls.Samples,
            AlsoWanted = SampleCalls.AlsoWanted,
            // What they take depends on the method, beyond what a list by tool can say.
            Silent = ["projects_write", "projects_get"],
        };
}
