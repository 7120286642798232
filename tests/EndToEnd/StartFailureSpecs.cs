using System.Net;
using System.Net.Sockets;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>Every problem at start is one line that says what to do, and exit code 1.</summary>
public sealed class StartFailureSpecs : IDisposable
{
    private readonly string folder = TemporaryFolder.Create("start-spec-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("PORT", "abc", "PORT='abc' is not a number that fits.")]
    [InlineData("RATE_LIMIT_PER_SECOND", "-4", "RATE_LIMIT_PER_SECOND='-4' must be between")]
    [InlineData("BIND_ADDRESS", "0.0.0.0", "set MCP_BEARER_TOKEN")]
    [InlineData("AUDIT_LOG", "/nonexistent/audit.jsonl", "AUDIT_LOG='/nonexistent/audit.jsonl' cannot be written")]
    [InlineData("MCP_BEARER_TOKEN_FILE", "/nonexistent/token", "MCP_BEARER_TOKEN_FILE='/nonexistent/token' cannot be read")]
    [InlineData("KEY_VAULT_URI", "https://vault.invalid", "KEY_VAULT_URI='https://vault.invalid' cannot be read")]
    public async Task A_setting_that_cannot_be_used_is_named(string name, string value, string said) =>
        await AssertRefusedAsync(said, (name, value));

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await AssertRefusedAsync("address already in use. Set PORT to a free one", ("PORT", $"{((IPEndPoint)taken.LocalEndpoint).Port}"));
    }

    [Fact]
    public async Task A_port_of_metrics_that_is_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await AssertRefusedAsync(
            "address already in use. Set METRICS_PORT to a free one",
            ("METRICS_PORT", $"{((IPEndPoint)taken.LocalEndpoint).Port}")
        );
    }

    [Fact]
    public async Task Under_the_functions_host_the_line_begins_with_the_word_by_which_the_host_knows_an_error()
    {
        await using var process = RunningProcess.Start(
            Repository.ProgramOf("Memory"),
            ["--functions-uri", "http://127.0.0.1:1"],
            new Dictionary<string, string?> { ["DATA_PATH"] = folder }
        );
        Assert.Equal(1, await process.WaitForExitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.StartsWith("error: memory-mcp cannot start: ", Assert.Single(process.Errors), StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(string said, (string Name, string Value) setting)
    {
        await using var process = GatewayProcess.Start(
            "Memory",
            folder,
            new Dictionary<string, string?> { [setting.Name] = setting.Value }
        );
        Assert.Equal(1, await process.WaitForExitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.Empty(process.Output);
        var line = Assert.Single(process.Errors, line => !line.Contains(" info: ", StringComparison.Ordinal));
        Assert.StartsWith("memory-mcp cannot start: ", line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.Ordinal);
    }
}
