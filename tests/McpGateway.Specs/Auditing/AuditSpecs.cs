using System.Text.Json.Nodes;

namespace McpGateway.Specs.Auditing;

public sealed class AuditSpecs
{
    [Theory]
    [InlineData("echo", "ok", 8)]
    [InlineData("refuse", "error", 48)]
    public async Task A_tool_call_is_one_line_of_json(string tool, string outcome, int bytes)
    {
        await using var gateway = await SpecService.StartAsync(("MCP_BEARER_TOKENS", "laptop=the-token-of-the-laptop"));
        using var response = await gateway.PostAsync(SpecService.Call(tool, """{"text":"é\n"}"""), "the-token-of-the-laptop");
        var line = JsonNode.Parse(Assert.Single(await gateway.ReadAuditAsync()))!;
        Assert.Equal("spec-mcp", line["service"]!.GetValue<string>());
        Assert.Equal("tool_call", line["event"]!.GetValue<string>());
        Assert.Equal("laptop", line["caller"]!.GetValue<string>());
        Assert.Equal(tool, line["tool"]!.GetValue<string>());
        Assert.Equal(outcome, line["outcome"]!.GetValue<string>());
        Assert.True(line["ms"]!.GetValue<double>() >= 0);
        Assert.InRange(line["bytes"]!.GetValue<int>(), bytes, bytes + 2);
        Assert.Matches("^[0-9a-f]{32}$", line["trace"]!.GetValue<string>());
        Assert.True(DateTimeOffset.TryParse(line["time"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture, out _));
    }

    [Fact]
    public async Task Argument_values_are_not_recorded()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("echo", """{"text":"a private note","place":{"city":"Rome"}}"""));
        var line = Assert.Single(await gateway.ReadAuditAsync());
        Assert.DoesNotContain("private", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Rome", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_break_in_a_name_does_not_forge_a_line()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.PostAsync(SpecService.Call("""x\n{\"event\":\"tool_call\"}\r\n\u2028"""));
        var line = JsonNode.Parse(Assert.Single(await gateway.ReadAuditAsync()))!;
        Assert.StartsWith("x\n{", line["tool"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("refused", line["outcome"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refused_login_is_one_line_without_the_token()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var wrong = await gateway.PostAsync(SpecService.Call("echo"), "a-wrong-token-for-specs");
        using var none = await gateway.PostAsync(SpecService.Call("echo"));
        var lines = await gateway.ReadAuditAsync();
        Assert.Equal(["unknown token", "no token"], lines.Select(line => JsonNode.Parse(line)!["reason"]!.GetValue<string>()));
        Assert.All(lines, line => Assert.Contains("\"event\":\"login_refused\"", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("a-wrong-token", line, StringComparison.Ordinal));
    }
}
