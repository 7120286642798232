using McpGateway.Testing;

namespace Coda.Specs;

/// <summary>A text that nobody sees names nothing, and says nothing.</summary>
public sealed class BlankSpecs
{
    [Fact]
    public async Task Every_tool_refuses_a_blank_where_it_needs_a_text()
    {
        await using var coda = await SampleCalls.StartAsync();
        var (calls, problems) = await new BlankCalls(coda.Gateway, coda.Coda, CodaGateway.Caller, coda.Time)
        {
            Samples = SampleCalls.Samples,
        }.RunAsync();
        Assert.True(calls > 90, $"{calls}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }
}
