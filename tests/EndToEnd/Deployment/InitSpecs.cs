using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>An operator runs <c>docker/init.sh</c>, once and again.</summary>
public sealed class InitSpecs : IAsyncLifetime
{
    private readonly string root = TemporaryFolder.Create("gateway-init-").FullName;

    private string Secrets => Path.Combine(root, "docker", "secrets");

    public async ValueTask InitializeAsync() => await ScriptCopy.MakeAsync(root);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_secret_is_made_once_and_stays()
    {
        var first = await InitAsync();
        Assert.Empty(first.Errors);
        foreach (var service in Repository.Services)
        {
            Assert.Matches("^claude=[0-9a-f]{64}\nn8n=[0-9a-f]{64}\n$", await ReadAsync($"{service.Name}_bearer_tokens"));
            Assert.True(service.TokenSetting is null || await ReadAsync(service.TokenSetting.ToLowerInvariant()) == "");
            Assert.Matches(
                $"^postgres://{service.Name}:[0-9a-f]{{64}}@gateways-postgres:5432/{service.Name}$",
                await ReadAsync($"{service.Name}_database")
            );
        }

        // n8n takes a line end for a part of its key.
        Assert.Matches("^[0-9a-f]{64}$", await ReadAsync("n8n_encryption_key"));
        var key = await ReadAsync("operator_secret");

        var second = await InitAsync();
        Assert.Empty(second.Errors);
        Assert.DoesNotContain("created", second.Output, StringComparison.Ordinal);
        Assert.Equal(key, await ReadAsync("operator_secret"));
    }

    [Fact]
    public async Task An_empty_secret_is_made_anew_and_modes_and_line_ends_are_put_right()
    {
        await InitAsync();
        await File.WriteAllTextAsync(Path.Combine(Secrets, "operator_secret"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Secrets, "n8n_encryption_key"), "a-key\n", TestContext.Current.CancellationToken);
#pragma warning disable CA1416 // bash and git of a Unix.
        File.SetUnixFileMode(Path.Combine(Secrets, "memory_bearer_tokens"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await InitAsync();
        var expected = Environment.UserName == "root" ? UnixFileMode.UserRead : (UnixFileMode)0b110_100_100;
        Assert.Equal(expected, File.GetUnixFileMode(Path.Combine(Secrets, "memory_bearer_tokens")));
#pragma warning restore CA1416
        Assert.Matches("^[0-9a-f]{64}$", await ReadAsync("operator_secret"));
        Assert.Equal("a-key", await ReadAsync("n8n_encryption_key"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_env_file_and_an_older_one_get_the_choice_of_gateways(bool isThere)
    {
        var env = Path.Combine(root, "docker", ".env");
        if (isThere)
        {
            await File.WriteAllTextAsync(env, "DOMAIN=x.test", TestContext.Current.CancellationToken);
        }

        await InitAsync();
        var lines = await File.ReadAllLinesAsync(env, TestContext.Current.CancellationToken);
        Assert.Equal(isThere, lines[0] == "DOMAIN=x.test");
        Assert.Contains($"COMPOSE_PROFILES={string.Join(',', Repository.Services.Select(service => service.Name))}", lines);
    }

    [Theory]
    [InlineData("docker/init.sh", "", "docker/secrets")]
    [InlineData("infra/systemd/install.sh", "memory", "etc/mcp-gateways")]
    public async Task Where_no_random_numbers_are_to_be_had_no_secret_is_made(string script, string arguments, string secrets)
    {
        var bin = Directory.CreateDirectory(Path.Combine(root, "bin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(bin, "od"), "#!/bin/sh\nexit 1\n", TestContext.Current.CancellationToken);
        await RunAsync("chmod", "755", Path.Combine(bin, "od"));
        var run = await RunningProcess.RunAsync(
            "bash",
            ["-c", $"PATH={bin}:$PATH ROOT={root} bash {Path.Combine(root, script)} {arguments}"],
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.NotEqual(0, run.ExitCode);
        Assert.EndsWith("no random numbers (/dev/urandom, od)", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(root, secrets)), file => !file.EndsWith(".env", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_docker_made_in_the_place_of_a_missing_file_goes_and_one_with_something_in_it_is_named()
    {
        Directory.CreateDirectory(Path.Combine(root, "docker", ".env"));
        Directory.CreateDirectory(Path.Combine(Secrets, "operator_secret"));
        await InitAsync();
        Assert.Matches("^[0-9a-f]{64}$", await ReadAsync("operator_secret"));
        Assert.True(File.Exists(Path.Combine(root, "docker", ".env")));

        File.Delete(Path.Combine(Secrets, "github_token"));
        Directory.CreateDirectory(Path.Combine(Secrets, "github_token", "mine"));
        var run = await RunningProcess.RunAsync(
            "bash",
            [Path.Combine(root, "docker", "init.sh")],
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("secrets/github_token is a folder, and not an empty one", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("touch secrets", "docker/secrets is not a folder")]
    [InlineData("ln -s /nowhere/at/all env", "docker/env is not a folder")]
    [InlineData("mkdir -p env/memory.env/mine", "docker/env/memory.env is a folder, and not an empty one")]
    [InlineData("mkdir -p secrets/operator_secret/mine", "docker/secrets/operator_secret is a folder, and not an empty one")]
    [InlineData(
        "mkdir secrets && chown nobody . secrets && chmod 755 .. && exec setpriv --reuid=daemon --clear-groups",
        "docker/secrets cannot be made or belongs to somebody else than daemon"
    )]
    [InlineData("mkdir secrets && mount -t tmpfs -o size=4k none secrets && head -c 4096 /dev/zero > secrets/full", "cannot write")]
    public async Task What_is_in_its_way_is_named_in_one_line(string before, string told)
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can mount, and become another user.");
        // In a mount namespace of its own, which takes what is mounted with it.
        var script = before.Contains("exec ", StringComparison.Ordinal) ? $"{before} bash init.sh" : $"{before} && bash init.sh";
        var run = await RunningProcess.RunAsync(
            "unshare",
            ["--mount", "bash", "-c", script],
            folder: Path.Combine(root, "docker"),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("init.sh: ", run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("printf 'DOMAIN=x.test\r\nCOMPOSE_PROFILES=memory\r\n' > .env")]
    [InlineData("printf 'DOMAIN=x.test\nexport COMPOSE_PROFILES = \"memory\" # mine' > .env")]
    [InlineData("mkdir elsewhere && printf 'COMPOSE_PROFILES=memory\n' > elsewhere/env && ln -s elsewhere/env .env")]
    public async Task An_env_file_stays_as_it_is_however_it_is_written(string before)
    {
        var docker = Path.Combine(root, "docker");
        var env = Path.Combine(docker, ".env");
        (
            await RunningProcess.RunAsync("bash", ["-c", before], folder: docker, cancellationToken: TestContext.Current.CancellationToken)
        ).Succeeded();
        var written = await File.ReadAllTextAsync(env, TestContext.Current.CancellationToken);
        var said = (await InitAsync()).Output;
        Assert.Equal(written, await File.ReadAllTextAsync(env, TestContext.Current.CancellationToken));
        Assert.Contains("kept    .env", said, StringComparison.Ordinal);
        // What the chosen services lack, and no others.
        Assert.DoesNotContain("empty   secrets/coda_api_token", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cd '{0}' && CDPATH=. bash docker/init.sh")]
    [InlineData("ln -s '{0}/docker/init.sh' '{0}/mcp-init' && '{0}/mcp-init'")]
    [InlineData(
        "mv '{0}/docker' '{0}/a folder' && mkdir '{0}/docker' && bash '{0}/a folder/init.sh' && cp -r '{0}/a folder/secrets' '{0}/docker/'"
    )]
    public async Task It_finds_its_folder_from_wherever_it_is_called(string command)
    {
        await RunAsync("bash", "-c", string.Format(null, command, root));
        Assert.Matches("^[0-9a-f]{64}$", await ReadAsync("operator_secret"));
    }

    [Theory]
    [InlineData("verify.sh")]
    [InlineData("doctor.sh")]
    public async Task A_misspelt_gateway_is_told_and_not_passed_over(string script)
    {
        await InitAsync();
        var env = Path.Combine(root, "docker", ".env");
        await File.AppendAllTextAsync(env, "DOMAIN=example.test\nCOMPOSE_PROFILES=memroy\n", TestContext.Current.CancellationToken);
        Assert.Contains("unknown memroy in COMPOSE_PROFILES", (await InitAsync()).Output, StringComparison.Ordinal);
        var none = await AskAsync();
        Assert.Equal(2, none.ExitCode);
        Assert.Contains(
            "COMPOSE_PROFILES names none of the gateways (coda,github,memory,firecrawl): memroy",
            none.Errors,
            StringComparison.Ordinal
        );

        await File.AppendAllTextAsync(env, "COMPOSE_PROFILES=memory,githb,n8n\n", TestContext.Current.CancellationToken);
        Assert.Contains("COMPOSE_PROFILES names githb, which is not a gateway", (await AskAsync()).Output, StringComparison.Ordinal);

        Task<Finished> AskAsync() =>
            RunningProcess.RunAsync(
                "bash",
                [Path.Combine(root, "docker", script), .. script == "verify.sh" ? new[] { "local" } : []],
                new Dictionary<string, string?> { ["DOCTOR_URL"] = "http://127.0.0.1:1" },
                cancellationToken: TestContext.Current.CancellationToken
            );
    }

    [Fact]
    public async Task A_user_who_is_not_root_can_put_a_token_into_what_was_made()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can become another user.");
        await RunningProcess.RunAsync("chown", ["-R", "nobody", root], cancellationToken: TestContext.Current.CancellationToken);
        var run = await RunningProcess.RunAsync(
            "setpriv",
            ["--reuid=nobody", "--clear-groups", "bash", "-c", $"bash {root}/docker/init.sh && printf token > {Secrets}/coda_api_token"],
            cancellationToken: TestContext.Current.CancellationToken
        );
        run.Succeeded();
        Assert.Equal("token", await ReadAsync("coda_api_token"));
    }

    private static async Task RunAsync(string program, params string[] arguments) =>
        (await RunningProcess.RunAsync(program, arguments, cancellationToken: TestContext.Current.CancellationToken)).Succeeded();

    private async Task<Finished> InitAsync()
    {
        var run = await RunningProcess.RunAsync(
            "bash",
            [Path.Combine(root, "docker", "init.sh")],
            cancellationToken: TestContext.Current.CancellationToken
        );
        run.Succeeded();
        return run;
    }

    private Task<string> ReadAsync(string secret) =>
        File.ReadAllTextAsync(Path.Combine(Secrets, secret), TestContext.Current.CancellationToken);
}
