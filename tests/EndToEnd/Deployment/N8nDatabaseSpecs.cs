using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>n8n and its database read the same file that <c>docker/init.sh</c> made, each in its own way. The database is Debian's PostgreSQL.</summary>
public sealed class N8nDatabaseSpecs : IAsyncLifetime
{
    // A socket's path has at most 107 bytes.
    private readonly string root = TemporaryFolder.Create("n8n-").FullName;
    private RunningProcess? server;

    private string Password => Path.Combine(root, "docker", "secrets", "n8n_postgres_password");

    private string Data => Path.Combine(root, "pg");

    public async ValueTask InitializeAsync()
    {
        await ScriptCopy.MakeAsync(root);
        await RunAsync("chmod", "755", root);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.SignalAsync("INT");
            await server.DisposeAsync();
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task N8n_logs_into_its_database_with_the_password_that_init_made_also_where_an_old_one_ends_with_a_line_end()
    {
        var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        Tool.Require(
            programs.Length > 0 ? Path.Combine(programs[^1], "bin", "initdb") : "initdb",
            "Install it: apt-get install postgresql."
        );
        Directory.CreateDirectory(Path.GetDirectoryName(Password)!);
        await File.WriteAllTextAsync(Password, "of-an-older-release\n", TestContext.Current.CancellationToken);
        await RunAsync("bash", Path.Combine(root, "docker", "init.sh"));

        // As the image's entrypoint does: by $(< file), which drops line ends.
        var bin = Path.Combine(programs[^1], "bin");
        await RunAsync(
            "bash",
            "-c",
            $"""
            set -e
            printf '%s\n' "$(< {Password})" > {root}/pw
            install -d -m 700 {Data}
            [ "$(id -u)" != 0 ] || chown -R postgres {root}/pw {Data}
            {AsPostgres} {bin}/initdb -D {Data} -U n8n --pwfile={root}/pw --auth-local=scram-sha-256 --auth-host=scram-sha-256 > /dev/null
            """
        );
        server = RunningProcess.Start(
            "bash",
            ["-c", $"exec {AsPostgres} {bin}/postgres -D {Data} -k {Data} -c listen_addresses= -c fsync=off"]
        );
        await server.WaitForLineAsync(
            line => line.Contains("ready to accept", StringComparison.Ordinal),
            TimeSpan.FromMinutes(1),
            TestContext.Current.CancellationToken
        );

        // As n8n's configuration does: every byte of the file.
        var whole = await File.ReadAllTextAsync(Password, TestContext.Current.CancellationToken);
        Assert.Equal("1", (await LogInAsync(whole)).Succeeded().Trim());
        Assert.NotEqual(0, (await LogInAsync(whole + "\n")).ExitCode);
    }

    private static string AsPostgres => Environment.UserName == "root" ? "setpriv --reuid=postgres --regid=postgres --clear-groups" : "env";

    private Task<Finished> LogInAsync(string password) =>
        RunningProcess.RunAsync(
            "psql",
            ["-h", Data, "-U", "n8n", "-d", "postgres", "-Atc", "SELECT 1"],
            new Dictionary<string, string?> { ["PGPASSWORD"] = password },
            cancellationToken: TestContext.Current.CancellationToken
        );

    private static async Task RunAsync(string program, params string[] arguments) =>
        (await RunningProcess.RunAsync(program, arguments, cancellationToken: TestContext.Current.CancellationToken)).Succeeded();
}
