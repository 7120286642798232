namespace EndToEnd.Deployment;

/// <summary>What happens to a deployment over the years: reboots, backups, restores, upgrades, broken set-ups.</summary>
[Collection(Containers.Name)]
public sealed class EverydaySpecs(DockerEngine engine) : IAsyncLifetime
{
    private const string Ada = """{"entities":[{"name":"Ada","entityType":"person","observations":["likes tea"]}]}""";
    private const string AskForAda = """{"names":["Ada"]}""";

    private ProductionSetUp stack = null!;

    public async ValueTask InitializeAsync()
    {
        if (engine.IsRunning)
        {
            stack = await ProductionSetUp.CreateAsync(engine);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
        {
            await stack.DisposeAsync();
        }
    }

    [Fact]
    public async Task After_a_reboot_everything_runs_again_and_what_does_not_is_found()
    {
        engine.Require();
        await stack.ComposeAsync("up", "-d", "--build", "--wait");
        // As docker-gen and acme-companion do when a container comes or a certificate is new.
        await engine.DockerAsync("kill", "-s", "HUP", "nginx-proxy", "docker-gen");
        await engine.RestartAsync();
        await stack.ComposeAsync("up", "-d", "--wait", "--no-recreate", "memory-mcp-gateway");
        Assert.All(
            (await stack.ContainersAsync()).Split('\n'),
            container => Assert.EndsWith(" running", container, StringComparison.Ordinal)
        );
        Assert.Contains("all checks passed", await stack.SucceedAsync("verify.sh", "internal"), StringComparison.Ordinal);

        await engine.DockerAsync("stop", "-t", "1", "docker-gen");
        var verify = await stack.ScriptAsync("verify.sh", "internal");
        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("FAIL  docker-gen", verify.Output, StringComparison.Ordinal);
        var doctor = await stack.ScriptAsync("doctor.sh", "memory");
        Assert.Contains("FINDING docker-gen is exited", Squeezed(doctor.Output), StringComparison.Ordinal);
        Assert.Contains("docker compose up -d nginx-proxy docker-gen acme-companion", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_cannot_start_is_told_from_one_that_was_stopped()
    {
        engine.Require();
        await stack.ComposeAsync("up", "-d", "--build", "--wait", "memory-mcp-gateway");
        await engine.DockerAsync("stop", "memory-mcp-gateway");
        Assert.Contains(
            "it was stopped remedy: docker compose up -d memory-mcp-gateway",
            Squeezed((await stack.ScriptAsync("doctor.sh", "memory")).Output),
            StringComparison.Ordinal
        );

        // Replaced as an editor or scp does: by a file of root's that nobody else may read. init.sh puts that right.
        var secret = Path.Combine(stack.Docker, "secrets", "memory_bearer_tokens");
        await engine.RunAsync("bash", ["-c", $"cp {secret} {secret}.new && chmod 600 {secret}.new && mv -f {secret}.new {secret}"]);
        await stack.TryComposeAsync("up", "-d", "memory-mcp-gateway");
        var doctor = await DiagnoseUntilAsync("cannot start");
        Assert.Contains("memory_bearer_tokens' cannot be read", doctor, StringComparison.Ordinal);
        Assert.Contains("run docker/init.sh", doctor, StringComparison.Ordinal);
        await stack.SucceedAsync("init.sh");
        await stack.ComposeAsync("up", "-d", "--wait", "--force-recreate", "memory-mcp-gateway");
    }

    [Fact]
    public async Task A_backup_is_restored_onto_a_fresh_machine_with_n8n_and_its_secrets_and_starts_nothing()
    {
        engine.Require();
        await stack.SetAsync("COMPOSE_PROFILES", "memory,n8n");
        await stack.ComposeAsync("up", "-d", "--build", "--wait");
        await stack.CallAsync("create_entities", Ada);
        await engine.DockerAsync("exec", "n8n", "sh", "-c", "echo flows > /home/node/.n8n/database");
        await engine.DockerAsync("stop", "-t", "1", "acme-companion");
        var before = await stack.ContainersAsync();
        var key = await File.ReadAllTextAsync(
            Path.Combine(stack.Docker, "secrets", "n8n_encryption_key"),
            TestContext.Current.CancellationToken
        );
        Assert.DoesNotContain("\n", key, StringComparison.Ordinal);

        var folder = Path.Combine(stack.Root, "archives");
        await stack.SucceedAsync("backup.sh", folder);
        Assert.Equal(before, await stack.ContainersAsync());
        Assert.Empty(stack.Leftovers);
        var archive = Assert.Single(Directory.GetFiles(folder));

        // A machine that has nothing but a clone, an .env and an archive.
        await stack.ComposeAsync("down", "-v");
        Directory.Delete(Path.Combine(stack.Docker, "secrets"), recursive: true);
        await stack.SucceedAsync("init.sh");
        await stack.SucceedAsync("backup.sh", "restore", archive);
        Assert.Equal("", await stack.ContainersAsync());
        Assert.Equal(
            key,
            await File.ReadAllTextAsync(Path.Combine(stack.Docker, "secrets", "n8n_encryption_key"), TestContext.Current.CancellationToken)
        );
        await stack.ComposeAsync("up", "-d", "--wait");
        Assert.Contains("likes tea", await stack.CallAsync("open_nodes", AskForAda), StringComparison.Ordinal);
        Assert.Equal("flows", await engine.DockerAsync("exec", "n8n", "cat", "/home/node/.n8n/database"));
        Assert.Empty(stack.Leftovers);
    }

    [Fact]
    public async Task A_restore_beside_running_containers_recreates_none_and_a_bad_archive_or_full_disk_changes_nothing()
    {
        engine.Require();
        await stack.ComposeAsync("up", "-d", "--build", "--wait");
        await stack.CallAsync("create_entities", Ada);
        var folder = Path.Combine(stack.Root, "archives");
        await stack.SucceedAsync("backup.sh", folder);
        var archive = Assert.Single(Directory.GetFiles(folder));
        var before = await stack.ContainersAsync();

        await stack.CallAsync("delete_entities", """{"entityNames":["Ada"]}""");
        // The scripts know the set-up's second file: without it nginx-proxy would be another container.
        await stack.SucceedAsync("backup.sh", "restore", archive);
        Assert.Equal(before, await stack.ContainersAsync());
        Assert.Contains("likes tea", await stack.CallAsync("open_nodes", AskForAda), StringComparison.Ordinal);

        var cut = Path.Combine(stack.Root, "cut.tar");
        await engine.RunAsync(
            "bash",
            [
                "-c",
                $"head -c 20000 {archive} > {cut} && tar -cf {stack.Root}/empty.tar -T /dev/null"
                    // Archives of an empty volume, and of a secret that no backup holds.
                    + $" && cp {stack.Root}/empty.tar {stack.Root}/memory-data.tar && echo x > {stack.Root}/memory_bearer_tokens.secret"
                    + $" && tar -C {stack.Root} -cf {stack.Root}/hollow.tar memory-data.tar"
                    + $" && tar -xOf {archive} ./memory-data.tar > {stack.Root}/memory-data.tar"
                    + $" && tar -C {stack.Root} -cf {stack.Root}/foreign.tar memory-data.tar memory_bearer_tokens.secret"
                    + $" && mkdir {stack.Root}/full && mount -t tmpfs -o size=100k none {stack.Root}/full",
            ]
        );
        try
        {
            foreach (
                var arguments in new string[][]
                {
                    ["restore", cut],
                    ["restore", $"{stack.Root}/empty.tar"],
                    ["restore", $"{stack.Root}/hollow.tar"],
                    ["restore", $"{stack.Root}/foreign.tar"],
                    [$"{stack.Root}/full"],
                }
            )
            {
                var run = await stack.ScriptAsync("backup.sh", arguments);
                Assert.Equal(2, run.ExitCode);
                Assert.StartsWith(
                    "backup.sh: ",
                    run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1],
                    StringComparison.Ordinal
                );
                Assert.Equal(before, await stack.ContainersAsync());
                Assert.Empty(stack.Leftovers);
            }

            Assert.Empty(Directory.GetFiles($"{stack.Root}/full"));
        }
        finally
        {
            await engine.RunAsync("umount", [$"{stack.Root}/full"]);
        }

        Assert.Contains("likes tea", await stack.CallAsync("open_nodes", AskForAda), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_archives_go_and_new_ones_are_sent_elsewhere()
    {
        engine.Require();
        await stack.ComposeAsync("up", "-d", "--build", "--wait", "memory-mcp-gateway");
        var folder = Directory.CreateDirectory(Path.Combine(stack.Root, "archives")).FullName;
        foreach (var day in new[] { "01", "02", "03" })
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"mcp-gateways-202601{day}T000000Z.tar"),
                "",
                TestContext.Current.CancellationToken
            );
        }

        await stack.SetAsync("BACKUP_KEEP", "2");
        await stack.SetAsync("BACKUP_HOOK", $"'cp -t {stack.Root}'");
        Assert.Contains("sent ", await stack.SucceedAsync("backup.sh", folder), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Assert.True(File.Exists(Path.Combine(folder, "mcp-gateways-20260103T000000Z.tar")));
        Assert.Single(Directory.GetFiles(stack.Root, "mcp-gateways-*.tar"));

        await stack.SetAsync("BACKUP_HOOK", "false");
        var failed = await stack.ScriptAsync("backup.sh", folder);
        Assert.Equal(2, failed.ExitCode);
        Assert.Contains("BACKUP_HOOK failed", failed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_keeps_the_memories_and_one_that_fails_goes_back()
    {
        engine.Require();
        await stack.ComposeAsync("up", "-d", "--build", "--wait");
        await stack.CallAsync("create_entities", Ada);
        var upgrade = await stack.SucceedAsync("upgrade.sh", "9.0.0");
        Assert.Contains("runs     memory-mcp-gateway 9.0.0", upgrade, StringComparison.Ordinal);
        Assert.Equal("local/memory-mcp-gateway:9.0.0", await ImageAsync());

        // A version whose container does not start.
        await File.AppendAllTextAsync(
            Path.Combine(stack.Docker, "Dockerfile"),
            "\nENTRYPOINT [\"false\"]\n",
            TestContext.Current.CancellationToken
        );
        var failed = await stack.ScriptAsync("upgrade.sh", "9.1.0");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("a gateway does not come up; back to 9.0.0", failed.Errors, StringComparison.Ordinal);
        Assert.Equal("local/memory-mcp-gateway:9.0.0", await ImageAsync());
        Assert.Contains("likes tea", await stack.CallAsync("open_nodes", AskForAda), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_instances_are_backed_up_and_upgraded_without_a_moment_in_which_none_answers()
    {
        engine.Require();
        await stack.SetAsync("COMPOSE_FILE", "compose.yml:compose.two.yml:compose.test.yml");
        await stack.SetAsync("COMPOSE_PROFILES", "coda");
        await File.AppendAllTextAsync(
            Path.Combine(stack.Docker, "env", "coda.env"),
            "RATE_LIMIT_PER_SECOND=0\n",
            TestContext.Current.CancellationToken
        );
        await stack.ComposeAsync("up", "-d", "--build", "--wait", "coda-mcp-gateway", "second-coda-mcp-gateway");
        // Goes on to the other instance where one is away or stopping, as nginx does, and tells what it got.
        await engine.DockerAsync(
            "run",
            "-d",
            "--name",
            "caller",
            "--network",
            "proxy",
            "standin/debian:12",
            "bash",
            "-c",
            """
            ask() { curl -s -o /dev/null -m 20 -w '%{http_code}' -H 'Host: coda-mcp-gateway' "http://$1:8080/health"; }
            while :; do
              got=none
              for address in $(getent ahostsv4 coda-mcp-gateway | awk '{ print $1 }' | sort -u); do
                case $(ask "$address") in 503 | 000) ;; 200) got=answered; break ;; *) got=other; break ;; esac
              done
              echo "$got"
            done
            """
        );
        try
        {
            var upgrade = await stack.SucceedAsync("upgrade.sh", "9.0.0");
            Assert.Contains("runs     second-coda-mcp-gateway 9.0.0", upgrade, StringComparison.Ordinal);
            var told = (await engine.DockerAsync("logs", "caller")).Split('\n');
            Assert.All(told, answer => Assert.Equal("answered", answer));
            Assert.InRange(told.Length, 50, int.MaxValue);
        }
        finally
        {
            await engine.DockerAsync("rm", "-f", "caller");
        }
    }

    [Fact]
    public async Task Names_that_another_set_up_has_are_told()
    {
        engine.Require();
        Assert.DoesNotContain("another set-up", (await stack.ScriptAsync("doctor.sh", "memory")).Output, StringComparison.Ordinal);
        try
        {
            await engine.DockerAsync("network", "create", "proxy");
            await engine.DockerAsync("create", "--name", "nginx-proxy", "standin/debian:12", "true");
            var doctor = await stack.ScriptAsync("doctor.sh", "memory");
            Assert.Contains(
                "another set-up on this machine has the container nginx-proxy, network proxy already",
                doctor.Output,
                StringComparison.Ordinal
            );
            Assert.Contains("COMPOSE_FILE=compose.yml:compose.own-proxy.yml", doctor.Output, StringComparison.Ordinal);
        }
        finally
        {
            await engine.RunAsync("docker", ["rm", "-f", "nginx-proxy"]);
            await engine.RunAsync("docker", ["network", "rm", "proxy"]);
        }
    }

    private Task<string> ImageAsync() => engine.DockerAsync("inspect", "-f", "{{.Config.Image}}", "memory-mcp-gateway");

    /// <summary>The container keeps ending and starting: what the doctor reads is there soon, not at once.</summary>
    private async Task<string> DiagnoseUntilAsync(string word)
    {
        for (var attempt = 0; ; attempt++)
        {
            var run = await stack.ScriptAsync("doctor.sh", "memory");
            if (attempt == 20 || run.Output.Contains(word, StringComparison.Ordinal))
            {
                return run.Output;
            }
        }
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
