using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>docker/ with secrets and an .env of its own, as <c>init.sh</c> makes them: the work tree's are the developer's.</summary>
public sealed class ComposeFolder(DockerEngine engine) : IAsyncLifetime
{
    private readonly TemporaryFolder root = new();

    /// <summary>The folder docker/.</summary>
    public string Docker => Path.Combine(root.Path, "docker");

    public async ValueTask InitializeAsync()
    {
        if (!engine.IsRunning)
        {
            return;
        }

        (await RunningProcess.RunAsync("git", ["-C", Repository.Root, "checkout-index", "-a", $"--prefix={root.Path}/"])).Succeeded();
        (await engine.RunAsync("bash", [Path.Combine(Docker, "init.sh")])).Succeeded();
        await File.AppendAllTextAsync(Path.Combine(Docker, ".env"), "DOMAIN=example.test\nLETSENCRYPT_EMAIL=a@example.test\n");
    }

    /// <summary>Writes the settings of one gateway, or of all: env/NAME.env.</summary>
    public Task SetAsync(string name, string settings) => File.WriteAllTextAsync(Path.Combine(Docker, "env", $"{name}.env"), settings);

    public ValueTask DisposeAsync()
    {
        root.Dispose();
        return ValueTask.CompletedTask;
    }
}
