using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.OAuth;

/// <summary>Real clients log in by themselves; only the operator is played.</summary>
public sealed class LoginSpecs
{
    [Theory]
    [InlineData("oauth-sdk-v1.mjs")]
    [InlineData("oauth-sdk-v2.mjs")]
    public async Task The_typescript_sdk_registers_logs_in_and_refreshes_unseen(string client)
    {
        await using var gateway = await OAuthProcess.StartAsync();
        var report = await RunAsync(client, gateway);
        Assert.Equal(
            (1, true, true),
            (
                report.GetProperty("approvals").GetInt32(),
                report.GetProperty("worked").GetBoolean(),
                report.GetProperty("refreshed").GetBoolean()
            )
        );
    }

    [Fact]
    public async Task Mcp_remote_registers_and_logs_in()
    {
        await using var gateway = await OAuthProcess.StartAsync();
        var report = await RunAsync("oauth-mcp-remote.mjs", gateway);
        Assert.True(report.GetProperty("worked").GetBoolean());
    }

    private static async Task<JsonElement> RunAsync(string client, GatewayProcess gateway)
    {
        var finished = await NodeProgram.RunClientAsync(
            client,
            [gateway.McpUrl.AbsoluteUri, OAuthProcess.Secret],
            "",
            TestContext.Current.CancellationToken
        );
        return JsonElement.Parse(finished.Succeeded());
    }
}
