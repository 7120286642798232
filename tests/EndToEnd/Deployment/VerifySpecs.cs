using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>An operator asks <c>docker/verify.sh</c> whether the deployment is what it should be.</summary>
public sealed class VerifySpecs
{
    private const string Host = "memory.test";
    private const string Token = "a-token-of-the-verify-specs-0123456789";

    private static readonly Dictionary<string, string?> Public = new()
    {
        ["MCP_BEARER_TOKEN"] = Token,
        ["PUBLIC_URL"] = $"https://{Host}",
        ["OPERATOR_SECRET"] = "an-operator-secret-of-the-specs-0123456789",
        ["TRUST_DOWNSTREAM_PROXY"] = "true",
    };

    [Fact]
    public async Task The_public_flow_passes_through_nginx_tls_and_oauth_discovery()
    {
        await using var gateway = await GatewayProcess.StartAsync("Memory", Public);
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = gateway.Url.Port });
        var run = await VerifyAsync("public", nginx);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("all checks passed", run.Output, StringComparison.Ordinal);
        Assert.Contains("pass  memory     OAuth discovery names the issuer", run.Output, StringComparison.Ordinal);
        Assert.Contains("pass  memory     plain http is redirected", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_under_another_public_name_fails()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>(Public) { ["PUBLIC_URL"] = "https://other.test", ["ALLOWED_HOSTS"] = Host }
        );
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = gateway.Url.Port });
        var run = await VerifyAsync("public", nginx);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAIL  memory     OAuth discovery names the issuer", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 checks failed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_accepts_everyone_fails()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?> { ["ALLOW_ANONYMOUS"] = "true", ["ALLOWED_HOSTS"] = Host }
        );
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = gateway.Url.Port });
        var run = await VerifyAsync("public", nginx);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAIL  memory     an invalid token is refused", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_nobody_knows_is_explained()
    {
        var run = await RunningProcess.RunAsync("bash", [Script, "sideways"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("verify.sh local", run.Output, StringComparison.Ordinal);
    }

    private static string Script => Path.Combine(Repository.Root, "docker", "verify.sh");

    private static Task<Finished> VerifyAsync(string flow, NginxProxy nginx) =>
        RunningProcess.RunAsync(
            "bash",
            [Script, flow],
            new Dictionary<string, string?>
            {
                ["DOMAIN"] = "test",
                ["MCP_BEARER_TOKEN"] = Token,
                ["VERIFY_SERVICES"] = "memory",
                ["CURL_OPTIONS"] =
                    $"--connect-to {Host}:443:127.0.0.1:{nginx.HttpsPort} --connect-to {Host}:80:127.0.0.1:{nginx.HttpPort} --cacert {nginx.CertificatePath}",
            }
        );
}
