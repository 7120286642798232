namespace Firecrawl.Specs;

public sealed class NoEffectSpecs
{
    [Theory]
    [InlineData("FIRECRAWL_PAGES_MINUTES has no effect: FIRECRAWL_PAGES_MB=0", "FIRECRAWL_PAGES_MINUTES=60", "FIRECRAWL_PAGES_MB=0")]
    [InlineData(
        "docs.example.com in FIRECRAWL_ALLOWED_DOMAINS has no effect",
        "FIRECRAWL_ALLOWED_DOMAINS=docs.example.com, fine.example",
        "FIRECRAWL_DENIED_DOMAINS=example.com"
    )]
    [InlineData(null, "FIRECRAWL_PAGES_MINUTES=60", "FIRECRAWL_PAGES_MB=10")]
    [InlineData(null, "FIRECRAWL_ALLOWED_DOMAINS=example.com", "FIRECRAWL_DENIED_DOMAINS=private.example.com")]
    public async Task A_setting_that_another_leaves_without_effect_is_told_at_start(string? told, params string[] settings)
    {
        await using var firecrawl = await FirecrawlGateway.StartAsync([
            .. settings.Select(s => (s.Split('=')[0], (string?)s.Split('=')[1])),
        ]);
        var warnings = firecrawl.Gateway.Logs.Lines.Where(line => line.Contains("has no effect", StringComparison.Ordinal)).ToList();
        Assert.Equal(told is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, line => Assert.Contains(told!, line, StringComparison.Ordinal));
    }
}
