namespace McpGateway.Specs.Hosting;

/// <summary>The line at the start tells an operator who gets in.</summary>
public sealed class StartLineSpecs
{
    private const string PublicUrl = "https://gateway.example";
    private const string Secret = "Zq7-operator-secret-0412";

    [Theory]
    [InlineData(SpecService.Token, null, null, false, "bearer token, data in")]
    [InlineData(SpecService.Token, PublicUrl, Secret, false, "bearer token or OAuth, data in")]
    [InlineData(null, PublicUrl, Secret, false, "OAuth, data in")]
    [InlineData(null, "http://localhost:8082", Secret, false, "OAuth, data in")]
    [InlineData(null, null, null, false, "open on loopback, data in")]
    [InlineData(null, PublicUrl, null, true, "open to everyone, data in")]
    public async Task The_start_line_names_the_door(string? token, string? publicUrl, string? secret, bool anonymous, string door)
    {
        await using var gateway = await SpecService.StartAsync(
            ("MCP_BEARER_TOKEN", token ?? ""),
            ("PUBLIC_URL", publicUrl ?? ""),
            ("OPERATOR_SECRET", secret ?? ""),
            ("ALLOW_ANONYMOUS", anonymous ? "true" : "")
        );
        Assert.Contains(gateway.Logs.Lines, line => line.Contains($" starts: {door}", StringComparison.Ordinal));
    }
}
