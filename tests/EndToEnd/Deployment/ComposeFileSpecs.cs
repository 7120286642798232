using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>What compose makes of the files in docker/, of which no container is started.</summary>
[Collection(Containers.Name)]
public sealed class ComposeFileSpecs(DockerEngine engine, ComposeFolder folder) : IClassFixture<ComposeFolder>
{
    [Theory]
    [InlineData("compose.yml", "")]
    [InlineData("compose.yml", "n8n")]
    [InlineData("compose.yml,compose.tunnel.yml", "")]
    [InlineData("compose.yml,compose.own-proxy.yml", "")]
    [InlineData("compose.yml,compose.github-app.yml", "")]
    [InlineData("compose.yml,compose.two.yml", "coda")]
    [InlineData("compose.yml", "postgres")]
    [InlineData("compose.yml,compose.postgres.yml", "")]
    [InlineData("compose.yml,compose.postgres.yml,compose.postgres-two.yml", "")]
    [InlineData("compose.yml,compose.own-proxy.yml,compose.postgres.yml", "")]
    [InlineData("compose.yml,compose.tunnel.yml,compose.github-app.yml", "")]
    [InlineData("compose.local.yml,compose.github-app.yml", "")]
    [InlineData("compose.local.yml", "")]
    [InlineData("compose.local.yml", "storage")]
    public async Task Every_set_up_is_valid(string files, string profile)
    {
        engine.Require();
        var arguments = files.Split(',').SelectMany(f => new[] { "-f", Path.Combine(folder.Docker, f) });
        var run = await engine.RunAsync(
            "docker",
            ["compose", .. arguments, .. profile.Length > 0 ? new[] { "--profile", profile } : [], "config", "-q"],
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = LocalContainers.Token,
                ["PROXY_NETWORK"] = "web",
                ["GITHUB_APP_ID"] = "1",
                ["GITHUB_APP_INSTALLATION_ID"] = "2",
            }
        );
        Assert.True(run.ExitCode == 0, run.Errors);
    }

    [Theory]
    // Without a database the memory belongs to one process.
    [InlineData("compose.two.yml", "coda,github,firecrawl")]
    [InlineData("compose.postgres.yml,compose.postgres-two.yml", "coda,github,memory,firecrawl")]
    public async Task A_gateway_can_have_a_second_instance_that_differs_in_nothing_but_its_name(string files, string services)
    {
        engine.Require();
        var containers = (await ConfigAsync(["compose.yml", .. files.Split(',')]))["services"]!;
        Assert.All(
            services.Split(','),
            service =>
            {
                var (first, second) = (containers[$"{service}-mcp-gateway"]!, containers[$"second-{service}-mcp-gateway"]!);
                Assert.Equal("5", first["environment"]!["DRAIN_SECONDS"]!.GetValue<string>());
                Assert.Equal([$"{service}-mcp-gateway"], second["networks"]!["proxy"]!["aliases"]!.AsArray().GetValues<string>());
                first["networks"]!["proxy"] = second["networks"]!["proxy"]!.DeepClone();
                first["container_name"] = second["container_name"]!.DeepClone();
                Assert.Equal(first.ToJsonString(), second.ToJsonString());
            }
        );
        Assert.Equal(
            Repository.Services.Select(service => service.Name).Except(services.Split(',')),
            Repository.Services.Select(service => service.Name).Where(name => containers[$"second-{name}-mcp-gateway"] is null)
        );
    }

    [Fact]
    public async Task The_database_of_the_gateways_is_for_gateways_alone_and_each_signs_in_as_itself()
    {
        engine.Require();
        var plain = await ConfigAsync(["compose.yml"]);
        Assert.Null(plain["services"]!["gateways-postgres"]);
        Assert.All(
            Repository.Services,
            service => Assert.Null(plain["services"]![$"{service.Name}-mcp-gateway"]!["environment"]!["STATE_FILE"])
        );

        var project = await ConfigAsync(["compose.yml", "compose.postgres.yml"]);
        Assert.True(project["networks"]!["postgres"]!["internal"]!.GetValue<bool>());
        var gateways = Repository.Services.Select(service => $"{service.Name}-mcp-gateway");
        Assert.Equal(
            gateways.Append("gateways-postgres").Order(StringComparer.Ordinal),
            project["services"]!
                .AsObject()
                .Where(container => container.Value!["networks"]!.AsObject().ContainsKey("postgres"))
                .Select(container => container.Key)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(["postgres"], project["services"]!["gateways-postgres"]!["networks"]!.AsObject().Select(network => network.Key));
        Assert.All(
            Repository.Services,
            service =>
            {
                var container = project["services"]![$"{service.Name}-mcp-gateway"]!;
                Assert.Equal($"/run/secrets/{service.Name}_database", container["environment"]!["STATE_FILE"]!.GetValue<string>());
                Assert.Equal(
                    [$"{service.Name}_database"],
                    container["secrets"]!
                        .AsArray()
                        .Select(secret => secret!["source"]!.GetValue<string>())
                        .Where(name => name.EndsWith("_database", StringComparison.Ordinal))
                );
            }
        );
        var memory = project["services"]!["memory-mcp-gateway"]!["environment"]!;
        Assert.Equal("/run/secrets/memory_database", memory["MEMORY_DATABASE_FILE"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("compose.yml")]
    [InlineData("compose.local.yml")]
    public async Task Every_service_has_its_container_and_hears_the_settings_of_the_operator(string file)
    {
        engine.Require();
        await folder.SetAsync("gateways", "READ_ONLY=true\nRATE_LIMIT_PER_SECOND=5\n");
        foreach (var service in Repository.Services)
        {
            await folder.SetAsync(service.Name, $"RATE_LIMIT_PER_SECOND={service.Port}\n");
        }

        var run = await engine.RunAsync(
            "docker",
            ["compose", "-f", Path.Combine(folder.Docker, file), "config", "--format", "json"],
            new Dictionary<string, string?> { ["MCP_BEARER_TOKEN"] = LocalContainers.Token }
        );
        Assert.True(run.ExitCode == 0, run.Errors);
        var containers = JsonNode.Parse(run.Output)!["services"]!;
        Assert.All(
            Repository.Services,
            service =>
            {
                var container = containers[$"{service.Name}-mcp-gateway"]!;
                Assert.Equal(service.Project, container["build"]!["args"]!["SERVICE"]!.GetValue<string>());
                var environment = container["environment"]!;
                Assert.Equal($"{service.Port}", environment["PORT"]!.GetValue<string>());
                Assert.Equal("true", environment["READ_ONLY"]!.GetValue<string>());
                Assert.Equal($"{service.Port}", environment["RATE_LIMIT_PER_SECOND"]!.GetValue<string>());
                Assert.True(service.TokenSetting is null || environment.AsObject().Any(e => e.Key.StartsWith(service.TokenSetting)));
            }
        );
    }

    [Fact]
    public async Task What_must_be_set_is_asked_for()
    {
        engine.Require();
        var file = Path.Combine(folder.Docker, "compose.yml");
        var run = await engine.RunAsync("docker", ["compose", "-f", file, "--env-file", "/dev/null", "config", "-q"]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Matches("set (DOMAIN|LETSENCRYPT_EMAIL|GATEWAY_VERSION|COMPOSE_PROFILES) in .env", run.Errors);
    }

    /// <summary>What compose makes of these files of docker/.</summary>
    private async Task<JsonNode> ConfigAsync(IEnumerable<string> files)
    {
        var arguments = files.SelectMany(file => new[] { "-f", Path.Combine(folder.Docker, file) });
        var run = await engine.RunAsync("docker", ["compose", .. arguments, "config", "--format", "json"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return JsonNode.Parse(run.Output)!;
    }
}
