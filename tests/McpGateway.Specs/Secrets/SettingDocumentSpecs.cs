using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Coda;
using Firecrawl;
using GitHub;
using McpGateway.Secrets;
using McpGateway.Testing;
using Memory;

namespace McpGateway.Specs.Secrets;

/// <summary>An operator finds every setting in docs/operations.md and in local.settings.json.example, and nothing else.</summary>
public sealed partial class SettingDocumentSpecs
{
    private static readonly GatewayService[] Services =
    [
        CodaService.Definition,
        GitHubService.Definition,
        MemoryService.Definition,
        FirecrawlService.Definition,
    ];

    private static readonly Assembly[] Assemblies =
    [
        .. new[] { typeof(CodaService), typeof(GitHubService), typeof(MemoryService), typeof(FirecrawlService) }
            .Select(service => service.Assembly)
            .SelectMany(service =>
                service
                    .GetReferencedAssemblies()
                    .Where(name => name.Name!.StartsWith("McpGateway", StringComparison.Ordinal))
                    .Select(Assembly.Load)
                    .Append(service)
            )
            .Distinct(),
    ];

    // Read without an options class: where settings come from, and what OpenTelemetry reads by itself.
    private static readonly string[] ReadDirectly = ["KEY_VAULT_URI", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    // Core Tools add it to the values of local.settings.json and fail when it is there already.
    private const string SetByTheHost = "WEBSITE_HOSTNAME";

    [Fact]
    public void Operations_lists_every_setting() => Assert.Empty(Settings().Except(DocumentedSettings()));

    [Fact]
    public void Operations_lists_no_setting_that_does_not_exist() =>
        Assert.Empty(DocumentedSettings().Except([.. Settings(), "FUNCTIONS_WORKER_RUNTIME"]));

    [Fact]
    public void The_example_of_local_settings_holds_every_setting() =>
        Assert.Equal(
            [.. Settings().Except([SetByTheHost]).Append("FUNCTIONS_WORKER_RUNTIME").Order(StringComparer.Ordinal)],
            ExampleValues().Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_example_of_local_settings_sets_nothing() =>
        Assert.All(ExampleValues().Where(value => value.Key != "FUNCTIONS_WORKER_RUNTIME"), value => Assert.Equal("", value.Value));

    private static HashSet<string> Settings() =>
        [
            .. Assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(SettingsExtensions.NamesOf),
            .. Services.Select(service => service.UpstreamTokenSetting).OfType<string>(),
            .. ReadDirectly,
        ];

    private static HashSet<string> DocumentedSettings() =>
        [
            .. SettingRow()
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md")))
                .Select(row => row.Groups[1].Value),
        ];

    private static Dictionary<string, string> ExampleValues()
    {
        using var example = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.json.example")));
        return example.RootElement.GetProperty("Values").Deserialize<Dictionary<string, string>>()!;
    }

    [GeneratedRegex(@"^\| `([A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
