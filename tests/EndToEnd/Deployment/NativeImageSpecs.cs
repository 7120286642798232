using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>
/// memory-mcp in an image without .NET: <c>--target native</c>, with the program that <c>./test</c> has compiled in the place of the image's own.
/// </summary>
[Collection(Containers.Name)]
public sealed partial class NativeImageSpecs(DockerEngine engine)
{
    private const string Image = "local/memory-mcp-gateway:native-spec";
    private const string Container = "native-spec";
    private const string Token = "a-token-of-the-native-image-0123456789";

    [Fact]
    public async Task A_container_without_dotnet_serves_keeps_its_memory_and_stops_in_order()
    {
        engine.Require();
        var program = NativeSpecs.RequireProgram();
        using var built = new TemporaryFolder();
        var output = Directory.CreateDirectory(built.At(Path.Combine("out", "wwwroot"))).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(program)!))
        {
            File.Copy(file, Path.Combine(output, Path.GetFileName(file)));
        }

        Directory.CreateDirectory(built.At("docker"));
        File.Copy(Path.Combine(Repository.Root, "docker", "gateway.sh"), built.At(Path.Combine("docker", "gateway.sh")));
        var whole = Repository.ReadText(Path.Combine("docker", "Dockerfile"));
        var dockerfile = Compiling().Replace(whole, "FROM scratch AS native-build\nCOPY out /out\n");
        Assert.NotEqual(whole, dockerfile);
        await File.WriteAllTextAsync(built.At("Dockerfile"), dockerfile, TestContext.Current.CancellationToken);
        await engine.DockerAsync("build", "-q", "--target", "native", "--build-arg", "SERVICE=Memory", "-t", Image, built.Path);
        try
        {
            await StartAsync();
            await CallAsync("create_entities", """{"entities":[{"name":"Ada","entityType":"person","observations":["likes tea"]}]}""");
            var dotnet = await engine.RunAsync("docker", ["exec", Container, "sh", "-c", "command -v dotnet"]);
            Assert.Equal("", dotnet.Output);
            await engine.DockerAsync("stop", Container);
            Assert.Equal("0", await engine.DockerAsync("inspect", "-f", "{{.State.ExitCode}}", Container));
            await engine.DockerAsync("rm", Container);
            await StartAsync();
            Assert.Contains("likes tea", await CallAsync("search_nodes", """{"query":"tea"}"""), StringComparison.Ordinal);

            var onFunctions = await engine.RunAsync("docker", ["run", "--rm", "-e", "GATEWAY_HOST=functions", Image]);
            Assert.Equal(1, onFunctions.ExitCode);
            Assert.Contains("set GATEWAY_HOST=kestrel", onFunctions.Errors, StringComparison.Ordinal);
        }
        finally
        {
            await engine.RunAsync("docker", ["rm", "-f", Container]);
            await engine.RunAsync("docker", ["volume", "rm", Container]);
        }
    }

    /// <summary>The stage that compiles, up to its end.</summary>
    [GeneratedRegex(@"FROM shared AS native-build\n(.+\n)+")]
    private static partial Regex Compiling();

    private async Task StartAsync()
    {
        await engine.DockerAsync(
            "run",
            "-d",
            "--name",
            Container,
            "--read-only",
            "--tmpfs",
            "/tmp",
            "--cap-drop",
            "ALL",
            "--security-opt",
            "no-new-privileges",
            "--health-interval",
            "1s",
            "-v",
            $"{Container}:/data",
            "-e",
            $"MCP_BEARER_TOKEN={Token}",
            Image
        );
        string[] isUp = ["exec", Container, "curl", "-sSf", "--retry", "100", "--retry-connrefused", "--retry-delay", "1"];
        await engine.DockerAsync([.. isUp, "http://127.0.0.1:8080/health"]);
        await Eventually.IsAsync(
            async () => await engine.DockerAsync("inspect", "-f", "{{.State.Health.Status}}", Container) == "healthy",
            "the health check does not find the gateway well"
        );
    }

    private Task<string> CallAsync(string tool, string arguments) =>
        engine.DockerAsync(
            "exec",
            Container,
            "curl",
            "-sSf",
            "-H",
            $"Authorization: Bearer {Token}",
            "-H",
            "Content-Type: application/json",
            "-d",
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""",
            "http://127.0.0.1:8080/mcp"
        );
}
