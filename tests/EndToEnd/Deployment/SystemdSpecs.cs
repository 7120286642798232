using System.Globalization;
using System.Net;
using System.Net.Sockets;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>Gateways without containers: infra/systemd.</summary>
public sealed class SystemdSpecs : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("gateway-systemd-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task The_units_are_valid_and_hold_a_gateway_tightly()
    {
        var analyze = Tool.Require("systemd-analyze", "Install it: apt-get install systemd.");
        // What the units start lies elsewhere here.
        foreach (var file in Directory.GetFiles(Units))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(root, Path.GetFileName(file)),
                text.Replace("/usr/local/lib/mcp-gateways/%i/gateway", "/bin/true", StringComparison.Ordinal)
                    .Replace("/opt/mcp-gateways/docker/backup.sh", "/bin/true", StringComparison.Ordinal)
                    .Replace("docker.service", "basic.target", StringComparison.Ordinal),
                TestContext.Current.CancellationToken
            );
        }

        var units = new[] { "mcp-gateway@memory.service", "mcp-gateways-backup.service", "mcp-gateways-backup.timer" };
        File.Move(Path.Combine(root, "mcp-gateway@.service"), Path.Combine(root, units[0]));
        var verify = await RunningProcess.RunAsync(
            analyze,
            ["verify", "--man=no", .. units],
            folder: root,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(verify.ExitCode == 0 && verify.Errors.Length == 0, verify.Output + verify.Errors);

        var security = await RunningProcess.RunAsync(
            analyze,
            ["security", "--offline=true", "--no-pager", units[0]],
            folder: root,
            cancellationToken: TestContext.Current.CancellationToken
        );
        var exposure = security.Output.Split('\n').Single(line => line.Contains("Overall exposure level", StringComparison.Ordinal));
        Assert.InRange(double.Parse(exposure.Split(": ")[1].Split(' ')[0], CultureInfo.InvariantCulture), 0, 2);
    }

    [Fact]
    public async Task An_installed_gateway_starts_as_its_unit_starts_it_and_keeps_its_secrets_at_the_next_install()
    {
        var install = await InstallAsync();
        Assert.Contains("systemctl enable --now mcp-gateway@memory", install, StringComparison.Ordinal);
        var tokens = Path.Combine(root, "etc", "mcp-gateways", "memory.bearer_tokens");
        var token = (await File.ReadAllTextAsync(tokens, TestContext.Current.CancellationToken)).Trim().Split('=')[1];
        var port = FreePort();
        var data = Directory.CreateDirectory(Path.Combine(root, "state")).FullName;
        await using (
            var gateway = RunningProcess.Start(
                Path.Combine(root, "usr", "local", "lib", "mcp-gateways", "memory", "gateway"),
                [],
                new Dictionary<string, string?>
                {
                    ["MCP_BEARER_TOKENS_FILE"] = tokens,
                    ["OPERATOR_SECRET_FILE"] = Path.Combine(root, "etc", "mcp-gateways", "operator_secret"),
                    ["DATA_PATH"] = data,
                    ["HOME"] = data,
                    ["PORT"] = $"{port}",
                }
            )
        )
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            await AnswersAsync(client);
            using var response = await client.SendAsync(
                new HttpRequestMessage(HttpMethod.Head, "/mcp"),
                TestContext.Current.CancellationToken
            );
            Assert.True(response.IsSuccessStatusCode);
        }

        await InstallAsync();
        Assert.Contains(token, await File.ReadAllTextAsync(tokens, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task AnswersAsync(HttpClient client)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException) when (attempt < 600)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Units => Path.Combine(Repository.Root, "infra", "systemd");

    private async Task<string> InstallAsync()
    {
        var environment = RunningProcess.MachineEnvironment();
        environment["ROOT"] = root;
        var run = await RunningProcess.RunAsync(
            "bash",
            [Path.Combine(Units, "install.sh"), "memory"],
            environment,
            patience: TimeSpan.FromMinutes(5),
            cancellationToken: TestContext.Current.CancellationToken
        );
        return run.Succeeded();
    }
}
