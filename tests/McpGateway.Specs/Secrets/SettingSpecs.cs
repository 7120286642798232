using System.Net;
using McpGateway.Secrets;
using McpGateway.Testing;

namespace McpGateway.Specs.Secrets;

public sealed class SettingSpecs : IDisposable
{
    private readonly string folder = TemporaryFolder.Create("setting-spec-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_token_can_come_from_a_file_with_a_line_break_at_its_end()
    {
        await using var gateway = await SpecService.StartAsync(("MCP_BEARER_TOKEN_FILE", FileWith("file-token-for-specs\n")));
        using var with = await gateway.PostAsync(SpecService.Initialize(), "file-token-for-specs");
        using var without = await gateway.PostAsync(SpecService.Initialize());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (with.StatusCode, without.StatusCode));
    }

    [Fact]
    public async Task Any_setting_can_come_from_a_file()
    {
        var gate = new Gate();
        gate.Opened.SetResult();
        await using var gateway = await SpecService.StartAsync(
            gate,
            settings: [("MAX_REQUEST_BYTES_FILE", FileWith("1024")), ("READ_ONLY_FILE", FileWith("true"))]
        );
        using var large = await gateway.PostAsync(new string(' ', 1025));
        using var write = await gateway.PostAsync(SpecService.Call("work"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains("READ_ONLY", await write.ToolTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_upstream_token_can_come_from_a_file()
    {
        await using var gateway = await SpecService.StartAsync(
            service: SpecService.WithUpstream,
            settings: ("SPEC_API_TOKEN_FILE", FileWith("the-upstream-token-1"))
        );
        using var response = await gateway.PostAsync(SpecService.Initialize(), "the-upstream-token-1");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        var missing = Path.Combine(folder, "missing");
        Assert.Contains(
            $"MCP_BEARER_TOKEN_FILE='{missing}' cannot be read (it does not exist)",
            await ProblemAsync(("MCP_BEARER_TOKEN_FILE", missing)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"PORT_FILE='{folder}' cannot be read (it is a folder)",
            await ProblemAsync(("PORT_FILE", folder), ("PORT", "")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("MCP_BEARER_TOKEN")]
    [InlineData("MCP_BEARER_TOKENS")]
    public async Task An_empty_token_file_never_leaves_the_door_open(string setting)
    {
        var empty = FileWith(" \r\n");
        Assert.StartsWith($"{setting}_FILE='{empty}' is empty", await ProblemAsync(($"{setting}_FILE", empty)), StringComparison.Ordinal);
        // On the other hand it takes nothing away from what closes it.
        await using var gateway = await SpecService.StartAsync(
            ($"{setting}_FILE", empty),
            (
                setting == "MCP_BEARER_TOKEN" ? "MCP_BEARER_TOKENS" : "MCP_BEARER_TOKEN",
                setting == "MCP_BEARER_TOKEN" ? $"a={SpecService.Token}" : SpecService.Token
            )
        );
        using var without = await gateway.PostAsync(SpecService.Initialize());
        using var with = await gateway.PostAsync(SpecService.Initialize(), SpecService.Token);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
    }

    [Fact]
    public async Task An_empty_file_is_an_unset_setting()
    {
        var empty = FileWith("\n");
        await using var gateway = await SpecService.StartAsync(
            service: SpecService.WithUpstream,
            settings:
            [
                ("MCP_BEARER_TOKEN", SpecService.Token),
                ("SPEC_API_TOKEN_FILE", empty),
                ("OPERATOR_SECRET_FILE", empty),
                ("MAX_REQUEST_BYTES_FILE", empty),
                ("READ_ONLY_FILE", empty),
            ]
        );
        using var response = await gateway.PostAsync(SpecService.Initialize(), SpecService.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Blanks_around_the_value_in_a_file_are_none_of_it()
    {
        await using var gateway = await SpecService.StartAsync(
            ("MCP_BEARER_TOKEN_FILE", FileWith("\uFEFF  file-token-for-specs \r\n\r\n"))
        );
        using var response = await gateway.PostAsync(SpecService.Initialize(), "file-token-for-specs");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_value_and_a_file_for_one_setting_are_one_too_many() =>
        Assert.Contains(
            "Both MCP_BEARER_TOKEN and MCP_BEARER_TOKEN_FILE",
            await ProblemAsync(("MCP_BEARER_TOKEN", SpecService.Token), ("MCP_BEARER_TOKEN_FILE", FileWith("x"))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("PORT", "abc", "PORT='abc' is not a number that fits")]
    [InlineData("PORT", "99999999999", "PORT='99999999999' is not a number that fits")]
    [InlineData("MCP_SESSIONS", "sticky", "MCP_SESSIONS='sticky' is not one of stateless, hybrid")]
    [InlineData("TRUST_DOWNSTREAM_PROXY", "maybe", "TRUST_DOWNSTREAM_PROXY='maybe' is not true or false")]
    [InlineData("KEY_VAULT_URI", "http://vault.example.com", "KEY_VAULT_URI='http://vault.example.com' is not an https URL")]
    [InlineData(
        "AUDIT_LOG",
        "/nonexistent/audit.jsonl",
        "AUDIT_LOG='/nonexistent/audit.jsonl' cannot be written (its folder does not exist)"
    )]
    [InlineData("AUDIT_LOG", "/", "AUDIT_LOG='/' cannot be written (it is a folder)")]
    [InlineData("PORT", "65536", "PORT='65536' must be between 0 and 65535.")]
    [InlineData("RATE_LIMIT_PER_SECOND", "-1", "RATE_LIMIT_PER_SECOND='-1' must be between")]
    public async Task A_value_of_the_wrong_form_is_named(string name, string value, string said) =>
        Assert.Contains(said, await ProblemAsync((name, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("PORT", "65536")]
    [InlineData("BIND_ADDRESS", "my-host")]
    [InlineData("PUBLIC_URL", "spec.example.com")]
    [InlineData("PUBLIC_URL", "http://spec.example.com")]
    [InlineData("PUBLIC_URL", "https://spec.example.com/")]
    [InlineData("PUBLIC_URL", "https://spec.example.com/mcp")]
    [InlineData("PUBLIC_URL", "https://user:pw@spec.example.com")]
    [InlineData("RATE_LIMIT_PER_SECOND", "-1")]
    [InlineData("MAX_REQUEST_BYTES", "10")]
    [InlineData("DRAIN_SECONDS", "26")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")]
    [InlineData("ALLOWED_HOSTS", "https://gw.example.org")]
    [InlineData("ALLOWED_HOSTS", "memory-mcp,gw.example.org/mcp")]
    [InlineData("ALLOWED_HOSTS", "*")]
    [InlineData("ALLOWED_HOSTS", "*.example.org")]
    [InlineData("ALLOWED_ORIGINS", "app.example.org")]
    [InlineData("ALLOWED_ORIGINS", "https://app.example.org/path")]
    [InlineData("ALLOWED_ORIGINS", "https://*.example.org")]
    [InlineData("ALLOWED_ORIGINS", "*")]
    [InlineData("ALLOWED_ORIGINS", "null")]
    public async Task A_value_out_of_range_stops_the_start(string name, string value)
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => SpecService.StartWithTokenAsync((name, value)));
        Assert.StartsWith(name, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_setting_is_an_unset_one()
    {
        await using var gateway = await SpecService.StartAsync([
            .. new[]
            {
                "BIND_ADDRESS",
                "PUBLIC_URL",
                "ALLOWED_HOSTS",
                "ALLOWED_ORIGINS",
                "TRUST_DOWNSTREAM_PROXY",
                "MAX_REQUEST_BYTES",
                "MCP_SESSIONS",
                "READ_ONLY",
                "RATE_LIMIT_PER_SECOND",
                "MCP_BEARER_TOKEN",
                "MCP_BEARER_TOKENS",
                "ALLOW_ANONYMOUS",
                "KEY_VAULT_URI",
                "MCP_BEARER_TOKEN_FILE",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
            }.Select(name => (name, "")),
        ]);
        using var response = await gateway.PostAsync(SpecService.Initialize());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private string FileWith(string text)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<string> ProblemAsync(params (string Name, string Value)[] settings) =>
        (await Assert.ThrowsAsync<SettingException>(() => SpecService.StartAsync(settings))).Message;
}
