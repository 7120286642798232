using System.Net;
using System.Net.Sockets;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>infra/caddy/Caddyfile in the place of nginx-proxy.</summary>
public sealed class CaddySpecs : IAsyncLifetime
{
    private const string Token = "a-token-of-the-caddy-specs-0123456789";

    private readonly string folder = TemporaryFolder.Create("gateway-caddy-").FullName;
    private readonly (int Http, int Https) port = (FreePort.Find(), FreePort.Find());
    private GatewayProcess gateway = null!;
    private RunningProcess caddy = null!;

    public async ValueTask InitializeAsync()
    {
        var program = Tool.Require("caddy", "Install it: apt-get install caddy.");
        gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["PUBLIC_URL"] = "https://memory.test",
                ["OPERATOR_SECRET"] = "an-operator-secret-of-the-specs-0123456789",
                ["TRUST_DOWNSTREAM_PROXY"] = "true",
            }
        );
        var production = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "infra", "caddy", "Caddyfile"));
        var file = Path.Combine(folder, "Caddyfile");
        await File.WriteAllTextAsync(
            file,
            $"{{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\thttp_port {port.Http}\n\thttps_port {port.Https}\n}}\n"
                + production
                    .Replace("memory-mcp-gateway:8082", $"127.0.0.1:{gateway.Url.Port}", StringComparison.Ordinal)
                    .Replace("coda-mcp-gateway:8080", "127.0.0.1:1", StringComparison.Ordinal)
        );
        caddy = RunningProcess.Start(
            program,
            ["run", "--adapter", "caddyfile", "--config", file],
            new Dictionary<string, string?>
            {
                ["DOMAIN"] = "test",
                ["HOME"] = folder,
                ["XDG_DATA_HOME"] = folder,
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (caddy is not null)
        {
            await caddy.DisposeAsync();
            await gateway.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_checklist_passes_through_caddy_and_its_own_errors_are_json()
    {
        var verify = await RunningProcess.RunAsync(
            "bash",
            [Path.Combine(Repository.Root, "docker", "verify.sh"), "public"],
            new Dictionary<string, string?>
            {
                ["DOMAIN"] = "test",
                ["MCP_BEARER_TOKEN"] = Token,
                ["VERIFY_SERVICES"] = "memory",
                ["CURL_OPTIONS"] = await CurlOptionsAsync(),
            },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(verify.ExitCode == 0, verify.Output + verify.Errors);

        var down = await CurlAsync("https://coda.test/health");
        Assert.Contains("502", down.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("retry-after: 2", down, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"code\":-32603", down, StringComparison.Ordinal);

        var large = Path.Combine(folder, "large");
        await File.WriteAllTextAsync(large, new string(' ', 4_000_001), TestContext.Current.CancellationToken);
        var refused = await CurlAsync(
            "https://memory.test/mcp",
            "-H",
            $"Authorization: Bearer {Token}",
            "-H",
            "Content-Type: application/json",
            "--data-binary",
            $"@{large}"
        );
        Assert.Contains("413", refused.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":-32600", refused, StringComparison.Ordinal);
    }

    private async Task<string> CurlAsync(string url, params string[] arguments)
    {
        var run = await RunningProcess.RunAsync("curl", ["-s", "-i", .. (await CurlOptionsAsync()).Split(' '), .. arguments, url]);
        return run.Succeeded();
    }

    /// <summary>Waits for Caddy's own authority, by which it is trusted.</summary>
    private async Task<string> CurlOptionsAsync()
    {
        string? authority = null;
        await Eventually.IsAsync(
            async () =>
                (authority = Directory.GetFiles(folder, "root.crt", SearchOption.AllDirectories).SingleOrDefault()) is not null
                && await ListensAsync(),
            "Caddy does not serve."
        );
        var hosts = new[] { "memory.test", "coda.test" };
        return string.Join(
                ' ',
                hosts.Select(host => $"--connect-to {host}:443:127.0.0.1:{port.Https} --connect-to {host}:80:127.0.0.1:{port.Http}")
            ) + $" --cacert {authority}";
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port.Https, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
