using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>
/// The databases of compose.postgres.yml: made by docker/postgres/databases.sh, saved and restored by backup.sh. The server is the machine's; a docker
/// that only pretends (fake-docker.sh) runs its programs.
/// </summary>
public sealed class DatabaseBackupSpecs : IAsyncLifetime
{
    private readonly TemporaryFolder root = new();
    private TestPostgres server = null!;

    private string Docker => root.At("docker");

    private string Fake => root.At("fake");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await TestPostgres.StartAsync();
        // The superuser of the image.
        await server.RunSqlAsync("postgres", "CREATE ROLE postgres SUPERUSER LOGIN PASSWORD 'of-the-image'");
        (
            await RunningProcess.RunAsync(
                "bash",
                [
                    "-ec",
                    $"""
                    mkdir -p '{Fake}/bin' '{Fake}/volumes' '{Fake}/secrets'
                    git -C '{Repository.Root}' ls-files -z docker build services | (cd '{Repository.Root}' && xargs -0 cp --parents -t '{root.Path}')
                    cp '{Repository.Root}/tests/EndToEnd/Deployment/fake-docker.sh' '{Fake}/bin/docker'
                    cp '{Docker}/postgres/databases.sh' '{Fake}/'
                    bash '{Docker}/init.sh' > /dev/null
                    cp '{Docker}'/secrets/*_database '{Fake}/secrets/'
                    printf 'DOMAIN=example.test\nGATEWAY_VERSION=1\nCOMPOSE_PROFILES=memory,postgres\n' > '{Docker}/.env'
                    """,
                ],
                cancellationToken: Cancellation
            )
        ).Succeeded();
        (await RunAsync($"SECRETS={Fake}/secrets sh {Fake}/databases.sh")).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        root.Dispose();
    }

    [Fact]
    public async Task Each_gateway_gets_a_database_that_it_signs_in_to_and_no_other()
    {
        // Again, as after a change of the secrets.
        (await RunAsync($"SECRETS={Fake}/secrets sh {Fake}/databases.sh")).Succeeded();
        foreach (var service in Repository.Services)
        {
            var url = await UrlOfAsync(service.Name);
            (await RunAsync($"psql '{url}' -qc 'CREATE SCHEMA own'")).Succeeded();
            foreach (var other in Repository.Services.Select(other => other.Name).Where(name => name != service.Name).Append("postgres"))
            {
                var refused = await RunAsync($"psql '{url[..url.LastIndexOf('/')]}/{other}' -qc 'SELECT 1'");
                Assert.NotEqual(0, refused.ExitCode);
                Assert.Contains("permission denied for database", refused.Errors, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_memory_in_it_is_saved_and_restored_as_it_was_while_its_gateway_is_stopped()
    {
        await using (var memory = await StartAsync())
        {
            await CallAsync(
                memory,
                "create_entities",
                """{"entities":[{"name":"Ada","entityType":"person","observations":["likes tea"]}]}"""
            );
        }

        var saved = (await RunAsync($"bash '{Docker}/backup.sh' '{root.At("kept")}'")).Succeeded();
        Assert.Contains("saved    the database memory", saved, StringComparison.Ordinal);
        var archive = Assert.Single(Directory.GetFiles(root.At("kept")));
        await using (var memory = await StartAsync())
        {
            await CallAsync(memory, "delete_entities", """{"entityNames":["Ada"]}""");
            await memory.StopAsync();
        }

        // What a newer release may have added must not stay beside the older tables.
        await server.RunSqlAsync("memory", "CREATE TABLE memory.of_a_newer_release (x int)");
        var restored = (await RunAsync($"bash '{Docker}/backup.sh' restore '{archive}'")).Succeeded();
        Assert.Contains("restored the database memory", restored, StringComparison.Ordinal);
        Assert.Equal("", (await server.RunSqlAsync("memory", "SELECT to_regclass('memory.of_a_newer_release')")).Trim());
        var log = await File.ReadAllLinesAsync(Path.Combine(Fake, "log"), Cancellation);
        var at = Array.FindIndex(log, line => line.Contains("-d memory-restored", StringComparison.Ordinal));
        Assert.InRange(at, Array.IndexOf(log, "stop memory") + 1, Array.LastIndexOf(log, "start memory") - 1);
        Assert.Contains("stop memory", log);
        await using var again = await StartAsync();
        Assert.Contains("likes tea", await CallAsync(again, "open_nodes", """{"names":["Ada"]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dump_that_is_cut_short_or_of_nobody_changes_nothing()
    {
        await using (var memory = await StartAsync())
        {
            await CallAsync(
                memory,
                "create_entities",
                """{"entities":[{"name":"Ada","entityType":"person","observations":["likes tea"]}]}"""
            );
        }

        (await RunAsync($"bash '{Docker}/backup.sh' '{root.At("kept")}'")).Succeeded();
        var archive = Assert.Single(Directory.GetFiles(root.At("kept")));
        foreach (
            var (damage, told) in new[]
            {
                ("truncate -s -2000 memory.dump", "memory.dump in"),
                ("mv memory.dump other.dump", "holds other.dump, which no backup does"),
            }
        )
        {
            (
                await RunAsync(
                    $"rm -rf {root.At("parts")} && mkdir {root.At("parts")} && cd {root.At("parts")} && tar -xf '{archive}' && {damage} "
                        + $"&& tar -cf '{root.At("damaged.tar")}' ."
                )
            ).Succeeded();
            var run = await RunAsync($"bash '{Docker}/backup.sh' restore '{root.At("damaged.tar")}'");
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(told, run.Errors, StringComparison.Ordinal);
            Assert.Contains("nothing was changed", run.Errors, StringComparison.Ordinal);
        }

        await using var again = await StartAsync();
        Assert.Contains("likes tea", await CallAsync(again, "open_nodes", """{"names":["Ada"]}"""), StringComparison.Ordinal);
    }

    private async Task<string> UrlOfAsync(string service) =>
        (await File.ReadAllTextAsync(Path.Combine(Fake, "secrets", $"{service}_database"), Cancellation)).Replace(
            "@gateways-postgres:5432/",
            $"@127.0.0.1:{server.Port}/",
            StringComparison.Ordinal
        );

    private async Task<GatewayProcess> StartAsync() =>
        await GatewayProcess.StartAsync("Memory", new Dictionary<string, string?> { ["MEMORY_DATABASE"] = await UrlOfAsync("memory") });

    private static async Task<string> CallAsync(GatewayProcess memory, string tool, string arguments)
    {
        using var response = await memory.PostAsync(
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""",
            cancellationToken: Cancellation
        );
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private Task<Finished> RunAsync(string command) =>
        RunningProcess.RunAsync(
            "bash",
            ["-c", command],
            new Dictionary<string, string?>
            {
                ["PATH"] = $"{Fake}/bin:{Environment.GetEnvironmentVariable("PATH")}",
                ["FAKE"] = Fake,
                ["FAKE_DOCKER"] = "postgres",
                ["PGHOST"] = "127.0.0.1",
                ["PGPORT"] = $"{server.Port}",
                ["PGPASSWORD"] = "of-the-image",
            },
            cancellationToken: Cancellation
        );
}
