using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>
/// The scripts in set-ups that are broken or odd, with a docker that is not there, not allowed or only pretends (fake-docker.sh): each says what is
/// wrong and what to do, and leaves nothing half done.
/// </summary>
public sealed class BrokenSetUpSpecs : IAsyncLifetime
{
    private const string Volume = "mcp-gateways_memory-data";

    private readonly TemporaryFolder root = new();

    // A folder with blanks in it, and one without for the program that stands in for docker.
    private string Docker => root.At("my gateways' folder/docker");

    private string Fake => root.At("fake");

    private string Scratch => root.At("scratch");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (
            await ShellAsync(
                $"""
                mkdir -p '{Fake}/volumes/{Volume}' '{Fake}/bin' '{Scratch}'
                git -C '{Repository.Root}' ls-files -z docker build services | (cd '{Repository.Root}' && xargs -0 cp --parents -t '{Fake}')
                mkdir "$(dirname "{Docker}")" && mv '{Fake}'/docker '{Fake}'/build '{Fake}'/services "$(dirname "{Docker}")"
                cp '{Repository.Root}/tests/EndToEnd/Deployment/fake-docker.sh' '{Fake}/bin/docker'
                printf 'a memory' > '{Fake}/volumes/{Volume}/memory.db'
                cd "{Docker}" && printf 'DOMAIN=example.test\nGATEWAY_VERSION=1\nCOMPOSE_PROFILES=memory\n' > .env
                """
            )
        ).Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        root.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string, string, string, string> Broken
    {
        get
        {
            string[] all = ["backup.sh", "backup.sh restore archive.tar", "upgrade.sh 2", "verify.sh internal"];
            string[] every = [.. all, "verify.sh public", "doctor.sh"];
            var data = new TheoryData<string, string, string, string>();
            Add(all, "true", "stopped", "docker does not answer: start it (systemctl start docker)");
            Add(all, "true", "forbidden", "may not talk to docker: run this as root (sudo), or as a user of the group docker");
            Add(all, "true", "no-compose", "docker compose is missing: install the plugin");
            Add(all, "true", "bad-set-up", "docker compose cannot read the set-up: error while interpolating");
            Add(
                every,
                "rm .env && mkdir .env",
                "well",
                "/.env is a folder, which docker makes in the place of a missing file: run docker/init.sh"
            );
            Add(
                every,
                "rm ../build/services.sh",
                "well",
                "build/services.sh is missing: docker/ belongs in a whole clone of the repository"
            );
            Add(["upgrade.sh 2"], "rm .env", "well", "there is no .env: docker/init.sh makes it");
            Add(["verify.sh public", "doctor.sh"], "rm .env", "well", "set DOMAIN, in the environment or in docker/.env");
            Add(
                ["upgrade.sh 2"],
                "sed -i /VERSION/d .env",
                "well",
                "GATEWAY_VERSION is not in .env: write the version that runs now there"
            );
            Add(["upgrade.sh 1"], "true", "well", "GATEWAY_VERSION is 1 already");
            Add(["upgrade.sh 2"], "true", "foreign", "another set-up on this machine has the container nginx-proxy, network proxy already");
            Add(["backup.sh", "doctor.sh"], "export TMPDIR=/nowhere/at/all", "well", "no temporary folder can be made in /nowhere/at/all");
            Add(["backup.sh /proc/here"], "true", "well", "/proc/here cannot be written: name a folder that");
            Add(["backup.sh"], "echo BACKUP_KEEP=some >> .env", "well", "BACKUP_KEEP='some' is not a number of archives");
            Add(["backup.sh restore archive.tar"], "true", "well", "name a readable archive");
            Add(["backup.sh restore archive.tar"], "echo no archive > archive.tar", "well", "archive.tar is not an archive of backup.sh");
            Add(
                ["backup.sh", "backup.sh restore archive.tar", "upgrade.sh 2"],
                "exec 8< gateways.sh && flock -n 8",
                "well",
                "another backup, restore or upgrade runs: wait for its end"
            );
            return data;

            void Add(string[] commands, string before, string docker, string told)
            {
                foreach (var command in commands)
                {
                    data.Add(command, before, docker, told);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_script_says_what_is_wrong_in_one_line_and_changes_nothing(string command, string before, string docker, string told)
    {
        var run = await RunAsync($"{before} && bash ./{command}", docker);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(told, Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        await AssertUnchangedAsync();
        Assert.False(Directory.Exists(Path.Combine(Docker, "backups")));
    }

    [Theory]
    [InlineData("verify.sh public", "chmod 600 .env")]
    [InlineData("doctor.sh", "chmod 600 .env")]
    public async Task What_another_user_may_not_read_is_told_from_what_is_not_there(string command, string before)
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can become another user.");
        var run = await RunAsync(
            $"{before} && chmod -R a+rX ../.. && {before} && exec setpriv --reuid=nobody --clear-groups bash ./{command}",
            "well"
        );
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("/.env cannot be read by nobody: run this as root (sudo)", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_daemon_is_a_finding_where_containers_should_be()
    {
        var run = await RunAsync("DOCTOR_URL=http://127.0.0.1:1 bash ./doctor.sh", "stopped");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "the containers cannot be looked at, and may be down: docker does not answer",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("remedy: start it (systemctl start docker)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_a_finding()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can mount.");
        var run = await RunAsync(
            $"cp -r . '{Scratch}/copy' && mount -t tmpfs -o size=1m none \"$PWD\" && cd \"$PWD\" && cp -r '{Scratch}/copy/.' . "
                + "&& DOCTOR_URL=http://127.0.0.1:1 bash ./doctor.sh",
            "stopped"
        );
        Assert.Contains("has 0 MB left", run.Output, StringComparison.Ordinal);
        Assert.Contains("remedy: free some space", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_network_nothing_is_upgraded_and_the_backup_stays()
    {
        var run = await RunAsync("bash ./upgrade.sh 2", "no-network");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("memory-mcp-gateway does not build; nothing was changed", run.Errors, StringComparison.Ordinal);
        await AssertUnchangedAsync();
        Assert.Single(Directory.GetFiles(Path.Combine(Docker, "backups"), "*.tar"));
    }

    [Fact]
    public async Task A_backup_is_made_and_restored_in_a_folder_with_blanks_and_quotes()
    {
        var archive = await BackUpAsync();
        await File.WriteAllTextAsync(Path.Combine(Fake, "volumes", Volume, "memory.db"), "another one", Cancellation);
        var restored = await RunAsync($"bash ./backup.sh restore '{archive}'", "well");
        Assert.Contains("restored memory-data", restored.Succeeded(), StringComparison.Ordinal);
        await AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_gateway_that_was_paused_for_its_copy_goes_on_before_docker_is_asked_about_it()
    {
        (await RunAsync($"bash ./backup.sh '{root.At("kept here")}'", "paused")).Succeeded();
        Assert.Contains("unpause memory", await File.ReadAllLinesAsync(Path.Combine(Fake, "log"), Cancellation));
        Assert.False(File.Exists(Path.Combine(Fake, "paused")));
        await AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_restore_that_was_killed_is_seen_by_the_next_backup_and_mended_by_the_next_restore()
    {
        var archive = await BackUpAsync();
        // What a loss of power leaves between the old and the new.
        (await ShellAsync($"cd '{Fake}/volumes/{Volume}' && mkdir .restored && mv memory.db .restored/")).Succeeded();
        var refused = await RunAsync($"bash ./backup.sh '{root.At("more")}'", "well");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(
            "a restore of memory-data was interrupted, and what is there is not whole: restore the archive again",
            refused.Errors,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFiles(root.At("more")));
        (await RunAsync($"bash ./backup.sh restore '{archive}'", "well")).Succeeded();
        await AssertUnchangedAsync();
    }

    [Fact]
    public async Task An_archive_without_what_came_later_restores_what_it_has()
    {
        var archive = await BackUpAsync();
        Directory.CreateDirectory(Path.Combine(Fake, "volumes", "mcp-gateways_n8n-data"));
        var restored = await RunAsync($"bash ./backup.sh restore '{archive}'", "well");
        Assert.Equal("restored memory-data", restored.Succeeded().Trim());
    }

    [Fact]
    public async Task The_secrets_without_which_data_are_useless_are_missed_at_the_backup()
    {
        Directory.CreateDirectory(Path.Combine(Fake, "volumes", "mcp-gateways_n8n-data"));
        var run = await RunAsync("bash ./backup.sh", "well");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "secrets/n8n_encryption_key, without which the data of n8n is useless, cannot be read",
            run.Errors,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFiles(Path.Combine(Docker, "backups")));
        await AssertUnchangedAsync();
    }

    [Fact]
    public async Task All_profiles_are_all_gateways()
    {
        await File.WriteAllTextAsync(Path.Combine(Docker, ".env"), "\uFEFFCOMPOSE_PROFILES='*'\r\n", Cancellation);
        var run = await RunAsync("here=$PWD && . ./gateways.sh && chosen_services && unknown_profiles", "well");
        Assert.Equal(
            Repository.Services.Select(service => service.Name),
            run.Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private async Task<string> BackUpAsync()
    {
        (await RunAsync($"bash ./backup.sh '{root.At("kept here")}'", "well")).Succeeded();
        return Assert.Single(Directory.GetFiles(root.At("kept here")));
    }

    private async Task AssertUnchangedAsync()
    {
        Assert.Equal("a memory", await File.ReadAllTextAsync(Path.Combine(Fake, "volumes", Volume, "memory.db"), Cancellation));
        Assert.Equal(["memory.db"], Directory.GetFileSystemEntries(Path.Combine(Fake, "volumes", Volume)).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFileSystemEntries(Scratch));
        Assert.Empty(Directory.GetFiles(Docker, "*.part"));
        var env = Path.Combine(Docker, ".env");
        if (File.Exists(env))
        {
            Assert.DoesNotContain("GATEWAY_VERSION=2", await File.ReadAllTextAsync(env, Cancellation), StringComparison.Ordinal);
        }
    }

    /// <summary>Runs a command in docker/, in a mount namespace of its own where that is possible.</summary>
    private Task<Finished> RunAsync(string command, string docker) =>
        RunningProcess.RunAsync(
            Environment.UserName == "root" ? "unshare" : "env",
            [.. Environment.UserName == "root" ? new[] { "--mount" } : [], "bash", "-c", command],
            new Dictionary<string, string?>
            {
                ["PATH"] = $"{Fake}/bin:{Environment.GetEnvironmentVariable("PATH")}",
                ["FAKE"] = Fake,
                ["FAKE_DOCKER"] = docker,
                ["TMPDIR"] = Scratch,
            },
            folder: Docker,
            cancellationToken: Cancellation
        );

    private static Task<Finished> ShellAsync(string script) =>
        RunningProcess.RunAsync("bash", ["-e", "-c", script], cancellationToken: Cancellation);
}
