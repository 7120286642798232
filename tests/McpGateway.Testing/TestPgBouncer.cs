using System.Globalization;

namespace McpGateway.Testing;

/// <summary>Debian's PgBouncer in transaction mode before a <see cref="TestPostgres"/>: few connections for many, each transaction on any of them.</summary>
public sealed class TestPgBouncer : IAsyncDisposable
{
    private const int Connections = 3;

    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort.Find();
    private readonly TestPostgres postgres;
    private RunningProcess? process;

    private TestPgBouncer(TestPostgres postgres) => this.postgres = postgres;

    /// <summary>Starts one. Without PgBouncer on the machine the test is skipped, or fails where <c>CI=true</c>.</summary>
    public static async Task<TestPgBouncer> StartAsync(TestPostgres postgres)
    {
        var program = Tool.Require("pgbouncer", "Install it: apt-get install pgbouncer.");
        var bouncer = new TestPgBouncer(postgres);
        try
        {
            await bouncer.StartAsync(program);
            return bouncer;
        }
        catch
        {
            await bouncer.DisposeAsync();
            throw;
        }
    }

    /// <summary>The way through it to the database of a URL.</summary>
    public string UrlOf(string url) =>
        url.Replace(
            string.Create(CultureInfo.InvariantCulture, $":{postgres.Port}/"),
            string.Create(CultureInfo.InvariantCulture, $":{port}/"),
            StringComparison.Ordinal
        );

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }
        finally
        {
            folder.Dispose();
        }
    }

    private async Task StartAsync(string program)
    {
        var (users, configuration) = (folder.At("users.txt"), folder.At("pgbouncer.ini"));
        await File.WriteAllTextAsync(users, $"\"{TestPostgres.User}\" \"{TestPostgres.Password}\"\n");
        await File.WriteAllTextAsync(
            configuration,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [databases]
                * = host=127.0.0.1 port={postgres.Port}
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {port}
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = {users}
                pool_mode = transaction
                default_pool_size = {Connections}
                max_client_conn = 500
                server_login_retry = 1
                query_wait_timeout = 5

                """
            )
        );
        process = RunningProcess.Start(
            "bash",
            [
                "-c",
                $"""
                set -e
                [ "$(id -u)" != 0 ] || chown -R postgres "{folder.Path}"
                exec {TestPostgres.AsPostgres} "{program}" "{configuration}"
                """,
            ]
        );
        await process.WaitForLineAsync(line => line.Contains("process up", StringComparison.Ordinal), Hang.After);
    }
}
