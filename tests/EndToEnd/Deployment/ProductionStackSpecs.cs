using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>compose.yml as far as it goes without a registry: its networks and its secrets.</summary>
[Collection(Containers.Name)]
public sealed class ProductionStackSpecs(DockerEngine engine, ComposeFolder folder) : IClassFixture<ComposeFolder>, IAsyncDisposable
{
    private const string Memory = "memory-mcp-gateway";

    public async ValueTask DisposeAsync()
    {
        if (engine.IsRunning)
        {
            await ComposeAsync(["down", "-v"]);
        }
    }

    [Fact]
    public async Task N8n_reaches_the_gateway_by_name_and_no_gateway_reaches_the_database()
    {
        engine.Require();
        await ComposeAsync(["up", "-d", "--build", "--wait", Memory, "n8n", "n8n-postgres"]);

        Assert.Contains(
            "memory-mcp",
            await engine.DockerAsync("exec", "n8n", "curl", "-sS", "--max-time", "5", $"http://{Memory}:8082/health"),
            StringComparison.Ordinal
        );
        await engine.DockerAsync("exec", "n8n", "bash", "-c", "exec 3<>/dev/tcp/n8n-postgres/5432");

        var byName = await engine.RunAsync("docker", ["exec", Memory, "bash", "-c", "exec 3<>/dev/tcp/n8n-postgres/5432"]);
        Assert.NotEqual(0, byName.ExitCode);
        var address = await engine.DockerAsync("inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "n8n-postgres");
        var byAddress = await engine.RunAsync("docker", ["exec", Memory, "timeout", "3", "bash", "-c", $"exec 3<>/dev/tcp/{address}/5432"]);
        Assert.NotEqual(0, byAddress.ExitCode);
    }

    [Fact]
    public async Task The_gateway_reads_the_secrets_that_init_made_and_takes_their_tokens()
    {
        engine.Require();
        await ComposeAsync(["up", "-d", "--build", "--wait", Memory]);
        var line = (
            await File.ReadAllLinesAsync(
                Path.Combine(folder.Docker, "secrets", "memory_bearer_tokens"),
                TestContext.Current.CancellationToken
            )
        )[0];
        var status = await engine.DockerAsync(
            "exec",
            Memory,
            "curl",
            "-sS",
            "-o",
            "/dev/null",
            "-w",
            "%{http_code}",
            "-I",
            "-H",
            $"Authorization: Bearer {line.Split('=')[1]}",
            $"http://{Memory}:8082/mcp"
        );
        Assert.Equal("200", status);
        Assert.DoesNotContain(line.Split('=')[1], await engine.DockerAsync("inspect", Memory), StringComparison.Ordinal);
    }

    private async Task ComposeAsync(IEnumerable<string> arguments)
    {
        var run = await engine.RunAsync(
            "docker",
            [
                "compose",
                "-f",
                Path.Combine(folder.Docker, "compose.yml"),
                "-f",
                Path.Combine(Repository.Root, "tests", "EndToEnd", "Deployment", "compose.test.yml"),
                .. arguments,
            ],
            new Dictionary<string, string?>
            {
                ["GATEWAY_HOST"] = "kestrel",
                ["FUNCTIONS_WORKER"] = "false",
                ["READY_TO_RUN"] = "false",
                ["COMPOSE_PROFILES"] = "memory,n8n",
            }
        );
        Assert.True(run.ExitCode == 0, $"docker compose {string.Join(' ', arguments)}:\n{run.Output}\n{run.Errors}");
    }
}
