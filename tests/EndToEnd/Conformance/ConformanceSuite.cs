using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd.Conformance;

/// <summary>The official conformance suite (npm <c>@modelcontextprotocol/conformance</c>), run against one server.</summary>
internal static partial class ConformanceSuite
{
    private const string Package = "@modelcontextprotocol/conformance";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The version package.json pins.</summary>
    public static string Version { get; } =
        JsonDocument
            .Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "EndToEnd", "package.json")))
            .RootElement.GetProperty("dependencies")
            .GetProperty(Package)
            .GetString()!;

    /// <summary>Runs everything a revision requires, and what the suite runs beside it without scoring.</summary>
    /// <param name="revision">The requirement set, such as <c>2026-07-28</c>.</param>
    /// <param name="trustedCertificate">A PEM file of the server's certificate, for https.</param>
    public static async Task<SuiteRun> RunAsync(
        Uri server,
        string revision,
        CancellationToken cancellationToken,
        string? trustedCertificate = null
    )
    {
        var folder = TemporaryFolder.Create("conformance-");
        try
        {
            var finished = await NodeProgram.RunPackageAsync(
                Path.Combine(Package, "dist", "index.js"),
                [
                    "server",
                    "--url",
                    server.AbsoluteUri,
                    "--requirements",
                    revision,
                    "--output-dir",
                    folder.FullName,
                    "--timeout",
                    $"{Hang.After.TotalMilliseconds}",
                ],
                cancellationToken,
                trustedCertificate
            );
            return new(finished, ScenariosIn(finished.Output, folder));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<Scenario> ScenariosIn(string output, DirectoryInfo folder)
    {
        var summary = output[Math.Max(0, output.IndexOf("=== SUMMARY ===", StringComparison.Ordinal))..];
        var notScored = NotScoredLine().Matches(summary).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["reason"].Value);
        return
        [
            .. ResultLine()
                .Matches(summary)
                .Select(m => m.Groups["name"].Value)
                .Select(name => new Scenario(name, notScored.GetValueOrDefault(name), ChecksOf(name, folder))),
        ];
    }

    /// <summary>What the suite wrote about a scenario, into a folder named after it and the time; nothing when it broke off.</summary>
    private static List<Check> ChecksOf(string scenario, DirectoryInfo folder)
    {
        var results = folder
            .EnumerateDirectories()
            .SingleOrDefault(d => Regex.IsMatch(d.Name, $@"^server-{Regex.Escape(scenario)}-\d{{4}}-\d\d-\d\dT"));
        var checks = Path.Combine(results?.FullName ?? "", "checks.json");
        return File.Exists(checks)
            ? JsonSerializer.Deserialize<List<Check>>(File.ReadAllText(checks), Json)!
            : [new(scenario, "FAILURE", "The scenario broke off.")];
    }

    [GeneratedRegex(@"^[✓✗] (?<name>\S+): \d+ passed, \d+ failed", RegexOptions.Multiline)]
    private static partial Regex ResultLine();

    [GeneratedRegex(@"^  [✓✗] (?<name>\S+) \((?<reason>\S+)\)", RegexOptions.Multiline)]
    private static partial Regex NotScoredLine();
}
