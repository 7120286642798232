using System.Diagnostics;
using McpGateway.Testing;

namespace Benchmarks;

/// <summary>An official server from npm, installed beside the build's output, once.</summary>
internal static class NpmPackage
{
    /// <param name="package">With its version: <c>name@1.2.3</c>.</param>
    /// <param name="program">Where its program lies below node_modules.</param>
    /// <returns>The program's full path.</returns>
    public static async Task<string> InstallAsync(string package, string program)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "official", package[(package.LastIndexOf('/') + 1)..]);
        var path = Path.Combine(folder, "node_modules", program);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            // With the machine's own environment: a registry may be configured there.
            var start = new ProcessStartInfo(
                Tool.Require("npm", "Install Node.js with npm."),
                ["install", "--prefix", folder, "--no-audit", "--no-fund", package]
            );
            using var npm = Process.Start(start)!;
            await npm.WaitForExitAsync();
        }

        return path;
    }
}
