using System.Globalization;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>Gateways without containers: infra/systemd.</summary>
[Collection(Containers.Name)]
public sealed class SystemdSpecs(DockerEngine engine) : IDisposable
{
    private readonly string root = TemporaryFolder.Create("gateway-systemd-").FullName;

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
    public async Task An_installed_gateway_runs_as_a_service_of_systemd_and_keeps_its_secrets_at_the_next_install()
    {
        engine.Require();
        Assert.Contains("systemctl enable --now mcp-gateway@memory", await InstallAsync(), StringComparison.Ordinal);
        var program = Path.Combine(root, "usr", "local", "lib", "mcp-gateways", "memory", "Memory.dll");
        Assert.True(IsCompiledAheadOfTime(program));
        AssertHoldsNothingUnused(Path.GetDirectoryName(program)!);
        var tokens = Path.Combine(root, "etc", "mcp-gateways", "memory.bearer_tokens");
        var token = (await File.ReadAllTextAsync(tokens, TestContext.Current.CancellationToken)).Trim().Split('=')[1];
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string[] mayBe = ["--cap-add", "SYS_ADMIN", "--cap-add", "SYS_PTRACE", "--security-opt", "seccomp=unconfined"];
        string[] sees =
        [
            "--tmpfs",
            "/run",
            "--tmpfs",
            "/tmp",
            "-v",
            "/sys/fs/cgroup:/sys/fs/cgroup",
            "-v",
            $"{dotnet}:/usr/share/dotnet:ro",
        ];
        await engine.DockerAsync(["run", "-d", "--name", "machine", .. mayBe, .. sees, "standin/debian:12", "/lib/systemd/systemd"]);
        try
        {
            foreach (var folder in new[] { "etc", "usr" })
            {
                await engine.DockerAsync("cp", $"{root}/{folder}/.", $"machine:/{folder}/");
            }

            // As on a machine, where systemd's mounts reach its services.
            await OnTheMachineAsync("mount --make-rshared / && chown -R root: /etc/mcp-gateways");
            await OnTheMachineAsync(
                "for look in {1..300}; do systemctl list-units > /dev/null 2>&1 && break; sleep 0.1; done; systemctl daemon-reload"
            );
            await OnTheMachineAsync("systemctl enable --now mcp-gateway@memory");
            Assert.Contains("\"serverInfo\"", await PostAsync(token, "initialize", "{}"), StringComparison.Ordinal);
            const string Ada =
                """{"name":"create_entities","arguments":{"entities":[{"name":"Ada","entityType":"person","observations":["tea"]}]}}""";
            await PostAsync(token, "tools/call", Ada);
            await OnTheMachineAsync("systemctl restart mcp-gateway@memory");
            Assert.Contains(
                "tea",
                await PostAsync(token, "tools/call", """{"name":"open_nodes","arguments":{"names":["Ada"]}}"""),
                StringComparison.Ordinal
            );
            await OnTheMachineAsync("systemctl stop mcp-gateway@memory");
            Assert.Equal("success", await OnTheMachineAsync("systemctl show -P Result mcp-gateway@memory"));
        }
        finally
        {
            await engine.DockerAsync("rm", "-f", "machine");
        }

        // What is published then is not the matter, and would take its time.
        var programs = Directory.CreateDirectory(Path.Combine(root, "programs")).FullName;
        await RunAsync(
            $"printf '#!/bin/sh\nfor folder; do :; done; mkdir -p \"$folder\"\n' > {programs}/dotnet && chmod +x {programs}/dotnet"
        );
        await InstallAsync(programs);
        Assert.Contains(token, await File.ReadAllTextAsync(tokens, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>What is installed is what images hold: docs/benchmarks.md has its size.</summary>
    private static void AssertHoldsNothingUnused(string folder)
    {
        var files = new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories);
        Assert.DoesNotContain(
            files,
            file => file.Extension is ".pdb" or ".xml" || file.Name.EndsWith(".resources.dll", StringComparison.Ordinal)
        );
        Assert.Equal(["libe_sqlite3.so"], files.Where(file => file.Extension == ".so").Select(file => file.Name));
        Assert.DoesNotContain(
            files,
            file => file.Name.StartsWith("Azure.", StringComparison.Ordinal) && IsCompiledAheadOfTime(file.FullName)
        );
        var megabytes = files.Sum(file => file.Length) / 1e6;
        Assert.True(
            megabytes < 28,
            $"memory-mcp takes {megabytes:0.0} MB: {string.Join(", ", files.OrderByDescending(file => file.Length).Take(8))}."
        );
    }

    private Task<string> OnTheMachineAsync(string command) => engine.DockerAsync("exec", "machine", "bash", "-c", command);

    /// <summary>Waits for the service where it has just begun to start.</summary>
    private Task<string> PostAsync(string token, string method, string parameters) =>
        engine.DockerAsync(
            "exec",
            "machine",
            "curl",
            "-sS",
            "--retry",
            "60",
            "--retry-delay",
            "1",
            "--retry-connrefused",
            "-H",
            $"Authorization: Bearer {token}",
            "-H",
            "Content-Type: application/json",
            "-d",
            $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
            "http://127.0.0.1:8082/mcp"
        );

    private static string Units => Path.Combine(Repository.Root, "infra", "systemd");

    private static async Task RunAsync(string command) =>
        (await RunningProcess.RunAsync("bash", ["-c", command], cancellationToken: TestContext.Current.CancellationToken)).Succeeded();

    private static bool IsCompiledAheadOfTime(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        return file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    /// <param name="programs">A folder whose programs come before the machine's.</param>
    private async Task<string> InstallAsync(string? programs = null)
    {
        var environment = RunningProcess.MachineEnvironment();
        environment["ROOT"] = root;
        if (programs is not null)
        {
            // Compiled ahead of time once is enough.
            environment["READY_TO_RUN"] = "false";
            environment["PATH"] = $"{programs}:{environment["PATH"]}";
        }

        var run = await RunningProcess.RunAsync(
            "bash",
            [Path.Combine(Units, "install.sh"), "memory"],
            environment,
            patience: TimeSpan.FromMinutes(20),
            cancellationToken: TestContext.Current.CancellationToken
        );
        return run.Succeeded();
    }
}
