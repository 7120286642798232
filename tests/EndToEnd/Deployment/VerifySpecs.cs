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
    public async Task A_stopped_gateway_is_told_from_a_certificate_that_is_not_issued_yet()
    {
        await using var nginx = await NginxProxy.StartAsync(
            new Dictionary<string, int> { ["other.test"] = 1 },
            new NginxSetUp { DefaultCertificate = true }
        );
        var stopped = await VerifyAsync("public", nginx, trusted: false);
        Assert.Equal(1, stopped.ExitCode);
        Assert.Contains("no running container for this host", stopped.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("waiting for certificates", stopped.Output, StringComparison.Ordinal);

        await using var issuing = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = 1 });
        var waited = await VerifyAsync("public", issuing, trusted: false);
        Assert.Equal(1, waited.ExitCode);
        Assert.Contains("waiting for certificates", waited.Output, StringComparison.Ordinal);
        Assert.Contains("none has been issued yet", waited.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_release_fails_and_the_way_back_is_told()
    {
        using var temporary = new TemporaryFolder();
        var data = temporary.Path;
        await using (
            var first = await GatewayProcess.StartAsync("Memory", new Dictionary<string, string?>(Public) { ["DATA_PATH"] = data })
        )
        {
            // An orderly stop leaves the whole database in its one file.
            await first.StopAsync();
        }

        await using (var database = new FileStream(Path.Combine(data, "memory.db"), FileMode.Open))
        {
            // The user version of a SQLite file: four bytes at 60.
            database.Position = 60;
            database.Write([0, 0, 0, 77]);
        }

        await using var gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>(Public) { ["DATA_PATH"] = data }
        );
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = gateway.Url.Port });
        var run = await VerifyAsync("public", nginx);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAIL  memory     ready", run.Output, StringComparison.Ordinal);
        Assert.Contains("backup.sh restore ARCHIVE", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flow_nobody_knows_is_explained()
    {
        var run = await RunningProcess.RunAsync("bash", [Script, "sideways"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("verify.sh local", run.Output, StringComparison.Ordinal);
    }

    private static string Script => Path.Combine(Repository.Root, "docker", "verify.sh");

    private static Task<Finished> VerifyAsync(string flow, NginxProxy nginx, bool trusted = true) =>
        RunningProcess.RunAsync(
            "bash",
            [Script, flow],
            new Dictionary<string, string?>
            {
                ["DOMAIN"] = "test",
                ["MCP_BEARER_TOKEN"] = Token,
                ["VERIFY_SERVICES"] = "memory",
                ["VERIFY_PATIENCE"] = "5",
                ["CURL_OPTIONS"] =
                    $"--connect-to {Host}:443:127.0.0.1:{nginx.HttpsPort} --connect-to {Host}:80:127.0.0.1:{nginx.HttpPort}"
                    + (trusted ? $" --cacert {nginx.CertificatePath}" : ""),
            }
        );
}
