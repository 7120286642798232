using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>An operator with a broken deployment runs <c>docker/doctor.sh</c> and reads what to do.</summary>
public sealed class DoctorSpecs
{
    private const string Host = "memory.test";
    private const string Token = "a-token-of-the-doctor-specs-0123456789";

    private static readonly Dictionary<string, string?> Served = new() { ["MCP_BEARER_TOKEN"] = Token, ["PUBLIC_URL"] = $"https://{Host}" };

    [Fact]
    public async Task A_healthy_gateway_behind_nginx_gives_no_finding()
    {
        await using var gateway = await GatewayProcess.StartAsync("Memory", Served);
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = gateway.Url.Port });
        var run = await DiagnoseAsync($"https://{{service}}.test:{nginx.HttpsPort}", Resolve(nginx) + $" --cacert {nginx.CertificatePath}");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("nothing found", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_without_dns_record() =>
        Expect(await RunAsync(new Dictionary<string, string?> { ["DOMAIN"] = "nowhere.invalid" }), "has no DNS record", "add an A record");

    [Fact]
    public async Task Nobody_listens() =>
        Expect(await DiagnoseAsync($"http://127.0.0.1:{FreePort.Find()}"), "nobody listens there", "start nginx-proxy");

    [Fact]
    public async Task A_host_that_nginx_does_not_know()
    {
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { ["other.test"] = 1 });
        Expect(
            await DiagnoseAsync($"https://{{service}}.test:{nginx.HttpsPort}", Resolve(nginx)),
            "the TLS handshake is refused",
            "VIRTUAL_HOST"
        );
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted()
    {
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = 1 });
        Expect(
            await DiagnoseAsync($"https://{{service}}.test:{nginx.HttpsPort}", Resolve(nginx)),
            "the certificate is not valid",
            "force_renew"
        );
    }

    [Fact]
    public async Task A_stopped_gateway_is_not_taken_for_a_bad_certificate()
    {
        // nginx-proxy forgets the host then, and acme-companion's default certificate answers for it.
        await using var nginx = await NginxProxy.StartAsync(
            new Dictionary<string, int> { ["other.test"] = 1 },
            new NginxSetUp { DefaultCertificate = true }
        );
        var run = await DiagnoseAsync($"https://{{service}}.test:{nginx.HttpsPort}", Resolve(nginx));
        Expect(run, "no running container for this host", "docker compose up -d memory-mcp-gateway");
        Assert.DoesNotContain("force_renew", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_that_was_never_set() =>
        Expect(
            await RunAsync(new Dictionary<string, string?> { ["DOMAIN"] = "example.com" }),
            "DOMAIN is still example.com",
            "docker/.env"
        );

    [Fact]
    public async Task A_gateway_that_refuses_behind_nginx()
    {
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = FreePort.Find() });
        var run = await DiagnoseAsync($"https://{{service}}.test:{nginx.HttpsPort}", Resolve(nginx) + $" --cacert {nginx.CertificatePath}");
        Expect(run, "nginx reaches no gateway (502)", "VIRTUAL_PORT");
    }

    [Fact]
    public async Task A_host_without_a_running_container()
    {
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { ["other.test"] = 1 });
        var run = await DiagnoseAsync($"http://{{service}}.test:{nginx.HttpPort}", $"--resolve {Host}:{nginx.HttpPort}:127.0.0.1");
        Expect(run, "no gateway for this host (503)", "docker compose up -d memory-mcp-gateway");
    }

    [Fact]
    public async Task A_redirect_loop()
    {
        await using var stub = await StubUpstream.StartAsync();
        stub.On("GET /health", "", 301, ("Location", "/health"));
        Expect(await DiagnoseAsync(stub.Url), "it redirects in a loop", "Full (strict)");
    }

    [Theory]
    [InlineData(525, "does not accept the origin's certificate", "never Flexible")]
    [InlineData(526, "does not accept the origin's certificate", "force_renew")]
    [InlineData(530, "Cloudflare does not reach the origin", "tunnel")]
    [InlineData(429, "rate limit is used up", "01-tunnel.conf")]
    [InlineData(503, "no gateway for this host", "docker compose up -d memory-mcp-gateway")]
    [InlineData(404, "/health is not there", "another program")]
    public async Task A_status_on_the_way(int status, string finding, string remedy)
    {
        await using var stub = await StubUpstream.StartAsync();
        stub.On("GET /health", "{}", status);
        Expect(await DiagnoseAsync(stub.Url), finding, remedy);
    }

    [Fact]
    public async Task Another_service_under_this_name()
    {
        await using var coda = await GatewayProcess.StartAsync("Coda");
        Expect(await DiagnoseAsync(coda.Url.ToString().TrimEnd('/')), "something else answers /health", "VIRTUAL_HOST");
    }

    [Fact]
    public async Task A_gateway_that_does_not_know_its_public_name()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>(Served) { ["PUBLIC_URL"] = "https://other.test" }
        );
        await using var nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = gateway.Url.Port });
        var run = await DiagnoseAsync($"https://{{service}}.test:{nginx.HttpsPort}", Resolve(nginx) + $" --cacert {nginx.CertificatePath}");
        Expect(run, "does not answer to this host", "set PUBLIC_URL");
    }

    [Fact]
    public async Task A_token_of_another_gateway()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?> { ["MCP_BEARER_TOKEN"] = "quite-another-token-0123456789" }
        );
        Expect(await DiagnoseAsync(gateway.Url.ToString().TrimEnd('/')), "the token is refused (401)", "memory_bearer_tokens");
    }

    private static string Resolve(NginxProxy nginx) => $"--resolve {Host}:{nginx.HttpsPort}:127.0.0.1";

    private static Task<Finished> DiagnoseAsync(string url, string curlOptions = "") =>
        RunAsync(new Dictionary<string, string?> { ["DOCTOR_URL"] = url, ["CURL_OPTIONS"] = curlOptions });

    private static Task<Finished> RunAsync(Dictionary<string, string?> settings)
    {
        Tool.Require("curl", "Install it: apt-get install curl.");
        settings["MCP_BEARER_TOKEN"] = Token;
        return RunningProcess.RunAsync("bash", [Path.Combine(Repository.Root, "docker", "doctor.sh"), "memory"], settings);
    }

    private static void Expect(Finished run, string finding, string remedy)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(finding, run.Output, StringComparison.Ordinal);
        Assert.Contains(remedy, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, run.Output, StringComparison.Ordinal);
    }
}
