namespace Coda.Specs;

public sealed class NoEffectSpecs
{
    [Theory]
    [InlineData("CODA_HOSTED_MCP_URL has no effect: CODA_HOSTED_MCP=true is not set", "CODA_HOSTED_MCP_URL=https://coda.example/mcp")]
    [InlineData("CODA_LIMIT_CONTENT_WRITES has no effect: READ_ONLY=true", "CODA_LIMIT_CONTENT_WRITES=1/10", "READ_ONLY=true")]
    [InlineData(null, "CODA_LIMIT_CONTENT_WRITES=1/10")]
    public async Task A_setting_that_another_leaves_without_effect_is_told_at_start(string? told, params string[] settings)
    {
        await using var coda = await CodaGateway.StartAsync([.. settings.Select(s => (s.Split('=')[0], (string?)s.Split('=')[1]))]);
        var warnings = coda.Gateway.Logs.Lines.Where(line => line.Contains("has no effect", StringComparison.Ordinal)).ToList();
        Assert.Equal(told is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, line => Assert.Contains(told!, line, StringComparison.Ordinal));
    }
}
