using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>compose.yml and the scripts in a folder of their own, as after <c>docker/init.sh</c>: the work tree's are the developer's.</summary>
public sealed class ProductionSetUp : IAsyncDisposable
{
    private readonly DockerEngine engine;

    private ProductionSetUp(DockerEngine engine, string root)
    {
        this.engine = engine;
        Root = root;
    }

    /// <summary>The copy of the work tree.</summary>
    public string Root { get; }

    /// <summary>Its folder docker/.</summary>
    public string Docker => Path.Combine(Root, "docker");

    /// <summary>Makes the folder, with memory-mcp alone chosen and what a registry would have to give replaced by stand-ins.</summary>
    public static async Task<ProductionSetUp> CreateAsync(DockerEngine engine)
    {
        var stack = new ProductionSetUp(engine, TemporaryFolder.Create("gateway-production-").FullName);
        await RunningProcess.RunAsync("git", ["-C", Repository.Root, "checkout-index", "-a", $"--prefix={stack.Root}/"]);
        File.Copy(
            Path.Combine(Repository.Root, "tests", "EndToEnd", "Deployment", "compose.test.yml"),
            Path.Combine(stack.Docker, "compose.test.yml"),
            overwrite: true
        );
        await stack.SucceedAsync("init.sh");
        await stack.SetAsync("DOMAIN", "example.test");
        await stack.SetAsync("LETSENCRYPT_EMAIL", "a@example.test");
        await stack.SetAsync("COMPOSE_FILE", "compose.yml:compose.test.yml");
        await stack.SetAsync("COMPOSE_PROFILES", "memory");
        await stack.SetAsync("GATEWAY_HOST", "kestrel");
        await stack.SetAsync("FUNCTIONS_WORKER", "false");
        await stack.SetAsync("READY_TO_RUN", "false");
        return stack;
    }

    /// <summary>Adds a line to .env; the last one counts.</summary>
    public Task SetAsync(string name, string value) => File.AppendAllTextAsync(Path.Combine(Docker, ".env"), $"{name}={value}\n");

    public Task<Finished> ScriptAsync(string script, params string[] arguments) =>
        engine.RunAsync("bash", [Path.Combine(Docker, script), .. arguments], new Dictionary<string, string?> { ["TMPDIR"] = Scratch });

    /// <summary>Runs one of the scripts and holds it to success.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> SucceedAsync(string script, params string[] arguments)
    {
        var run = await ScriptAsync(script, arguments);
        Assert.True(run.ExitCode == 0, $"{script} {string.Join(' ', arguments)}:\n{run.Output}\n{run.Errors}");
        return run.Output;
    }

    /// <summary>Runs docker compose there and holds it to success.</summary>
    public async Task<string> ComposeAsync(params string[] arguments)
    {
        var run = await TryComposeAsync(arguments);
        Assert.True(run.ExitCode == 0, $"docker compose {string.Join(' ', arguments)}:\n{run.Output}\n{run.Errors}");
        return run.Output;
    }

    public Task<Finished> TryComposeAsync(params string[] arguments) =>
        engine.RunAsync("docker", ["compose", .. arguments], folder: Docker);

    /// <summary>The project's containers, each as "name id state".</summary>
    public async Task<string> ContainersAsync() =>
        await engine.DockerAsync(
            "ps",
            "-a",
            "--no-trunc",
            "--filter",
            "label=com.docker.compose.project=mcp-gateways",
            "--format",
            "{{.Names}} {{.ID}} {{.State}}"
        );

    /// <summary>Calls a tool of memory-mcp from inside its container.</summary>
    public async Task<string> CallAsync(string tool, string arguments)
    {
        var token = (await File.ReadAllLinesAsync(Path.Combine(Docker, "secrets", "memory_bearer_tokens")))[0].Split('=')[1];
        return await engine.DockerAsync(
            "exec",
            "memory-mcp-gateway",
            "curl",
            "-sS",
            "-H",
            $"Authorization: Bearer {token}",
            "-H",
            "Content-Type: application/json",
            "-d",
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""",
            "http://127.0.0.1:8082/mcp"
        );
    }

    /// <summary>What the scripts have left behind of temporary files.</summary>
    public IReadOnlyList<string> Leftovers => Directory.GetFileSystemEntries(Scratch);

    private string Scratch => Directory.CreateDirectory(Path.Combine(Root, "scratch")).FullName;

    public async ValueTask DisposeAsync()
    {
        await TryComposeAsync("down", "-v", "--remove-orphans");
        Directory.Delete(Root, recursive: true);
    }
}
