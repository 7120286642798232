using System.Globalization;
using Xunit;

namespace McpGateway.Testing;

/// <summary>
/// A PostgreSQL of the machine's packages on a free loopback port, with a folder of its own; as root under the user <c>postgres</c>. It does
/// not wait for the disk: a killed server keeps what it has acknowledged all the same, as the machine goes on.
/// </summary>
public sealed class TestPostgres : IAsyncDisposable
{
    internal const string User = "gateway";
    internal const string Password = "s3cret/@:&?#%";

    // Of psql.
    private const int LostConnection = 2;

    private readonly TemporaryFolder folder = new();
    private readonly string programs;
    private readonly string[] settings;
    private RunningProcess? server;
    private int databases;

    private TestPostgres(string programs, string[] settings) => (this.programs, this.settings) = (programs, settings);

    public int Port { get; } = FreePort.Find();

    /// <summary>The server's first process, the parent of all others.</summary>
    public int ProcessId => server!.Id;

    /// <summary>Starts one. Without PostgreSQL on the machine the test is skipped, or fails where <c>CI=true</c>.</summary>
    /// <param name="settings">Settings beside those of the package, as <c>name=value</c>.</param>
    public static async Task<TestPostgres> StartAsync(params string[] settings)
    {
        var postgres = new TestPostgres(FindPrograms(), settings);
        try
        {
            await postgres.MakeAsync();
            await postgres.StartServerAsync();
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether the machine has one.</summary>
    public static bool IsInstalled => File.Exists(Initdb);

    /// <summary>Makes an empty database.</summary>
    /// <param name="template">The database it is a copy of.</param>
    /// <returns>Its URL.</returns>
    public async Task<string> CreateDatabaseAsync(string template = "template0")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"spec{Interlocked.Increment(ref databases)}");
        await RunSqlAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {template}");
        return UrlOf(name);
    }

    public string UrlOf(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"postgres://{User}:{Uri.EscapeDataString(Password)}@127.0.0.1:{Port}/{database}");

    /// <summary>Runs a statement as an operator would.</summary>
    /// <returns>What psql prints, unaligned.</returns>
    public async Task<string> RunSqlAsync(string database, string sql)
    {
        var ran = await RunningProcess.RunAsync(
            Path.Combine(programs, "psql"),
            ["-h", folder.Path, "-p", $"{Port}", "-U", User, "-d", database, "-Atqc", sql],
            new Dictionary<string, string?> { ["PGPASSWORD"] = Password }
        );
        if (ran.ExitCode == LostConnection && server is not null && await HasEndedAsync(server))
        {
            Assert.Fail($"The PostgreSQL of the specs has ended. Its last lines:\n{server.Transcript()}\n\npsql: {ran.Errors}");
        }

        return ran.Succeeded();
    }

    /// <summary>Ends the server without a warning, as a power cut does.</summary>
    public async Task KillAsync()
    {
        // The postmaster's children end themselves when it is gone.
        await server!.SignalAsync("KILL");
        await server.WaitForExitAsync(Hang.After);
        await server.DisposeAsync();
        server = null;
    }

    /// <summary>Keeps the server, with its connections as they are, from answering anybody, as a machine that hangs does.</summary>
    public Task StallAsync() => SignalAllAsync("STOP");

    /// <summary>Lets it go on after <see cref="StallAsync"/>.</summary>
    public Task ResumeAsync() => SignalAllAsync("CONT");

    public async Task StartServerAsync()
    {
        File.Delete(Path.Combine(folder.Path, "data", "postmaster.pid"));
        server = Start(
            $"""exec {AsPostgres} "{programs}/postgres" -D "{folder.Path}/data" -k "{folder.Path}" -p {Port} {string.Join(' ', Options.Select(o => $"-c {o}"))}"""
        );
        await server.WaitForLineAsync(line => line.Contains("ready to accept", StringComparison.Ordinal), Hang.After);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (server is not null)
            {
                if (!server.HasEnded)
                {
                    await server.SignalAsync("INT");
                }

                await server.WaitForExitAsync(Hang.After);
                await server.DisposeAsync();
            }
        }
        finally
        {
            folder.Dispose();
        }
    }

    /// <summary>Whether a server that is not to be reached has ended: it may be about to.</summary>
    private static async Task<bool> HasEndedAsync(RunningProcess server)
    {
        try
        {
            await server.WaitForExitAsync(TimeSpan.FromSeconds(5));
        }
        catch (TimeoutException) { }

        return server.HasEnded;
    }

    private IEnumerable<string> Options =>
        [
            "listen_addresses=127.0.0.1",
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=on",
            "autovacuum=off",
            "max_connections=200",
            "max_wal_size=256MB",
            .. settings,
        ];

    private static string Initdb =>
        Directory.Exists("/usr/lib/postgresql") && Directory.GetDirectories("/usr/lib/postgresql").Order().LastOrDefault() is { } newest
            ? Path.Combine(newest, "bin", "initdb")
            : "initdb";

    private static string FindPrograms() => Path.GetDirectoryName(Tool.Require(Initdb, "Install it: apt-get install postgresql."))!;

    /// <summary>What a command begins with that refuses to run as root.</summary>
    internal static string AsPostgres =>
        Environment.UserName == "root" ? "setpriv --reuid=postgres --regid=postgres --clear-groups" : "env";

    private static RunningProcess Start(string script) => RunningProcess.Start("bash", ["-c", script]);

    // The first process before its children: what it starts meanwhile would go on.
    private async Task SignalAllAsync(string signal) =>
        (await RunningProcess.RunAsync("bash", ["-c", $"kill -{signal} {ProcessId} && pkill -{signal} -P {ProcessId}"])).Succeeded();

    private async Task MakeAsync()
    {
        var password = Path.Combine(folder.Path, "password");
        await File.WriteAllTextAsync(password, Password);
        (
            await RunningProcess.RunAsync(
                "bash",
                [
                    "-c",
                    $"""
                    set -e
                    install -d -m 700 "{folder.Path}/data"
                    [ "$(id -u)" != 0 ] || chown -R postgres "{folder.Path}"
                    {AsPostgres} "{programs}/initdb" -N -D "{folder.Path}/data" -U {User} --pwfile="{password}" -E UTF8 --locale=C.UTF-8 -A scram-sha-256
                    """,
                ]
            )
        ).Succeeded();
    }
}
