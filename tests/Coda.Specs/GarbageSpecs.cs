using McpGateway.Testing;

namespace Coda.Specs;

/// <summary>Whatever Coda answers under 200, each tool says one clear sentence, or what is right.</summary>
public sealed class GarbageSpecs
{
    [Fact]
    public async Task No_tool_fails_unexpectedly_or_finds_nothing_where_the_answer_is_no_answer()
    {
        await using var coda = await SampleCalls.StartAsync();
        var (calls, problems) = await Calls(coda).RunAsync();
        Assert.True(calls > 3_000, $"{calls}");
        Assert.True(problems.Count == 0, $"{problems.Count} of {calls}:\n{string.Join('\n', problems.Take(60))}");
    }

    [Fact]
    public async Task What_is_lost_once_the_API_has_read_it_does_not_leave_again()
    {
        await using var coda = await SampleCalls.StartAsync();
        var (lost, problems) = await Calls(coda).LoseAsync();
        Assert.True(lost > 12, $"{lost}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static GarbageCalls Calls(CodaGateway coda) =>
        new(coda.Gateway, coda.Coda, CodaGateway.Caller, coda.Time) { Samples = SampleCalls.Samples, AlsoWanted = SampleCalls.AlsoWanted };
}
