using System.Text.Json.Nodes;
using McpGateway.Testing;
using McpGateway.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

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

    [Theory]
    [InlineData("note://private/7?key=s3cret", "note://private/{id}{?key}", "ok", 12)]
    [InlineData("note://private/0", "note://private/{id}{?key}", "refused", 0)]
    [InlineData("file:///home/s3cret", "unknown", "refused", 0)]
    [InlineData("note://readme", "note://readme", "ok", 2)]
    public async Task A_read_of_a_resource_is_one_line_that_names_the_template_and_no_value(
        string uri,
        string resource,
        string outcome,
        int bytes
    )
    {
        await using var gateway = await StartWithReadablesAsync(("MCP_BEARER_TOKENS", "laptop=the-token-of-the-laptop"));
        using var response = await gateway.PostAsync(
            $$"""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"{{uri}}"} }""",
            "the-token-of-the-laptop"
        );
        Assert.Contains(outcome == "ok" ? "\"result\"" : "\"error\"", await response.TextAsync(), StringComparison.Ordinal);
        var text = Assert.Single(await gateway.ReadAuditAsync());
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        var line = JsonNode.Parse(text)!;
        Assert.Equal("resource_read", line["event"]!.GetValue<string>());
        Assert.Equal("laptop", line["caller"]!.GetValue<string>());
        Assert.Equal(resource, line["resource"]!.GetValue<string>());
        Assert.Equal(outcome, line["outcome"]!.GetValue<string>());
        Assert.Equal(bytes, line["bytes"]!.GetValue<int>());
        Assert.True(line["ms"]!.GetValue<double>() >= 0);
        Assert.Matches("^[0-9a-f]{32}$", line["trace"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"name":"greet","arguments":{"who":"s3cret"} }""", "greet", "ok", 12)]
    [InlineData("""{"name":"greet","arguments":{"who":true} }""", "greet", "refused", 0)]
    [InlineData("""{"name":"s3cret"}""", "unknown", "refused", 0)]
    public async Task A_read_of_a_prompt_is_one_line_without_its_arguments(string parameters, string prompt, string outcome, int bytes)
    {
        await using var gateway = await StartWithReadablesAsync();
        using var response = await gateway.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{{parameters}} }""");
        var text = Assert.Single(await gateway.ReadAuditAsync());
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        var line = JsonNode.Parse(text)!;
        Assert.Equal("prompt_get", line["event"]!.GetValue<string>());
        Assert.Equal(prompt, line["prompt"]!.GetValue<string>());
        Assert.Equal(outcome, line["outcome"]!.GetValue<string>());
        Assert.Equal(bytes, line["bytes"]!.GetValue<int>());
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

    private static Task<Gateway> StartWithReadablesAsync(params (string Name, string Value)[] settings) =>
        Gateway.StartAsync(
            SpecService.Definition,
            gateway => gateway.Mcp.WithResources<Readables>().WithPrompts<Readables>(),
            settings.ToDictionary(s => s.Name, string? (s) => s.Value)
        );

    private sealed class Readables
    {
        [McpServerResource(UriTemplate = "note://readme")]
        public static string Readme() => "é";

        [McpServerResource(UriTemplate = "note://private/{id}{?key}")]
        public static TextResourceContents Note(string id, string? key = null) =>
            id == "0"
                ? throw new McpException("There is no such note.")
                : new TextResourceContents { Uri = $"note://private/{id}", Text = $"{id} and {key}" };

        [McpServerPrompt(Name = "greet")]
        public static string Greet(string who) => $"Greet {who}";
    }
}
