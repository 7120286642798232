using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>A developer's containers: <c>docker compose -f docker/compose.local.yml up -d --build --wait</c>.</summary>
[Collection(Containers.Name)]
public sealed class LocalStackSpecs(DockerEngine engine, LocalContainers stack) : IClassFixture<LocalContainers>
{
    public static TheoryData<string> ContainerNames => [.. Repository.Services.Select(service => $"local-{service.Name}-mcp-gateway")];

    [Fact]
    public async Task The_checklist_passes_from_this_machine()
    {
        engine.Require();
        var run = await stack.ScriptAsync("verify.sh", ["local"]);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("all checks passed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_checklist_passes_from_another_container_by_name()
    {
        engine.Require();
        var run = await stack.ScriptAsync("verify.sh", ["internal"], ComposeLocal);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
    }

    [Fact]
    public async Task A_gateway_without_public_name_is_found_out_from_outside()
    {
        engine.Require();
        var hosts = Repository.Services.ToDictionary(service => $"{service.Name}.test", service => service.Port);
        await using var nginx = await NginxProxy.StartAsync(hosts);
        var resolve = string.Join(' ', hosts.Keys.Select(h => $"--resolve {h}:{nginx.HttpsPort}:127.0.0.1"));
        var run = await stack.ScriptAsync(
            "doctor.sh",
            ["memory"],
            new Dictionary<string, string?>(ComposeLocal)
            {
                ["DOCTOR_URL"] = $"https://{{service}}.test:{nginx.HttpsPort}",
                ["CURL_OPTIONS"] = $"{resolve} --cacert {nginx.CertificatePath}",
            }
        );
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the gateway does not answer to this host", run.Output, StringComparison.Ordinal);
        Assert.Contains("PUBLIC_URL", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ContainerNames))]
    public async Task A_gateway_runs_without_root_and_cannot_write_outside_its_data(string container)
    {
        engine.Require();
        Assert.Equal("1654", await engine.DockerAsync("exec", container, "id", "-u"));
        var touch = await engine.RunAsync("docker", ["exec", container, "touch", "/home/site/wwwroot/x"]);
        Assert.Contains("Read-only file system", touch.Errors, StringComparison.Ordinal);
        await engine.DockerAsync("exec", container, "sh", "-c", "touch /data/x && rm /data/x");
        Assert.Equal("[ALL]", await engine.DockerAsync("inspect", "-f", "{{.HostConfig.CapDrop}}", container));
    }

    [Fact]
    public async Task A_stop_is_orderly_and_quick()
    {
        engine.Require();
        await engine.DockerAsync("stop", "local-firecrawl-mcp-gateway");
        Assert.Equal("0", await engine.DockerAsync("inspect", "-f", "{{.State.ExitCode}}", "local-firecrawl-mcp-gateway"));
        await stack.ComposeAsync("up", "-d", "--wait", "firecrawl-mcp-gateway");
    }

    [Fact]
    public async Task A_gateway_that_was_killed_comes_back()
    {
        engine.Require();
        var pid = await engine.DockerAsync("inspect", "-f", "{{.State.Pid}}", "local-coda-mcp-gateway");
        await engine.RunAsync("kill", ["-KILL", pid]);
        await stack.ComposeAsync("up", "-d", "--wait", "coda-mcp-gateway");
        Assert.NotEqual(pid, await engine.DockerAsync("inspect", "-f", "{{.State.Pid}}", "local-coda-mcp-gateway"));
        Assert.Equal("1", await engine.DockerAsync("inspect", "-f", "{{.RestartCount}}", "local-coda-mcp-gateway"));
    }

    [Fact]
    public async Task Memories_survive_down_and_up_and_come_back_from_a_backup()
    {
        engine.Require();
        await CallAsync(
            "create_entities",
            new
            {
                entities = new[]
                {
                    new
                    {
                        name = "Ada",
                        entityType = "person",
                        observations = new[] { "likes tea" },
                    },
                },
            }
        );
        await stack.ComposeAsync("down");
        await stack.ComposeAsync("up", "-d", "--wait");
        Assert.Contains("likes tea", await CallAsync("open_nodes", new { names = new[] { "Ada" } }), StringComparison.Ordinal);

        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        var backup = await stack.ScriptAsync("backup.sh", [folder], ComposeLocal);
        Assert.True(backup.ExitCode == 0, backup.Output + backup.Errors);
        var archive = Assert.Single(Directory.GetFiles(folder, "*.tar"));

        await CallAsync("delete_entities", new { entityNames = new[] { "Ada" } });
        Assert.DoesNotContain("likes tea", await CallAsync("open_nodes", new { names = new[] { "Ada" } }), StringComparison.Ordinal);
        var restore = await stack.ScriptAsync("backup.sh", ["restore", archive], ComposeLocal);
        Assert.True(restore.ExitCode == 0, restore.Output + restore.Errors);
        await stack.ComposeAsync("up", "-d", "--wait");
        Assert.Contains("likes tea", await CallAsync("open_nodes", new { names = new[] { "Ada" } }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_a_stopped_gateway_and_one_that_cannot_start()
    {
        engine.Require();
        var local = new Dictionary<string, string?>(ComposeLocal) { ["DOCTOR_URL"] = "http://127.0.0.1:{port}" };
        var healthy = await stack.ScriptAsync("doctor.sh", ["memory", "github"], local);
        Assert.Contains("ok       memory     an MCP client gets in", healthy.Output, StringComparison.Ordinal);

        await engine.DockerAsync("stop", "local-github-mcp-gateway");
        var stopped = await stack.ScriptAsync("doctor.sh", ["github"], local);
        await stack.ComposeAsync("up", "-d", "--wait", "github-mcp-gateway");
        Assert.Equal(1, stopped.ExitCode);
        Assert.Contains("container local-github-mcp-gateway is exited (exit code 0)", stopped.Output, StringComparison.Ordinal);
        Assert.Contains("nobody listens there", stopped.Output, StringComparison.Ordinal);

        var wrongToken = await stack.ScriptAsync(
            "doctor.sh",
            ["memory"],
            new Dictionary<string, string?>(local) { ["MCP_BEARER_TOKEN"] = "not-the-token-0123456789" }
        );
        Assert.Contains("the token is refused (401)", wrongToken.Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> ComposeLocal => new() { ["COMPOSE_OPTIONS"] = "-f compose.local.yml" };

    private static async Task<string> CallAsync(string tool, object arguments)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", LocalContainers.Token);
        using var response = await client.PostAsJsonAsync(
            new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{8082}/mcp")),
            new
            {
                jsonrpc = "2.0",
                id = 1,
                method = "tools/call",
                @params = new { name = tool, arguments },
            },
            JsonSerializerOptions.Web
        );
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }
}
