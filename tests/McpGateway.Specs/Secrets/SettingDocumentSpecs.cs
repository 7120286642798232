using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Secrets;
using McpGateway.Testing;

namespace McpGateway.Specs.Secrets;

/// <summary>An operator finds every setting in docs/operations.md and in local.settings.json.example, and nothing else.</summary>
public sealed partial class SettingDocumentSpecs
{
    private static readonly Assembly[] ServiceAssemblies =
    [
        .. Repository.Services.Select(service =>
            Assembly.LoadFrom(Path.Combine(Repository.OutputOf(service.Project), $"{service.Project}.dll"))
        ),
    ];

    private static readonly Assembly[] Assemblies =
    [
        .. ServiceAssemblies
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

    // What the host itself goes by, not the gateway.
    private static readonly string[] OfTheHost = ["FUNCTIONS_WORKER_RUNTIME", "ASPNETCORE_FORWARDEDHEADERS_ENABLED"];

    [Fact]
    public void Operations_lists_every_setting() => Assert.Empty(Settings().Except(DocumentedSettings()));

    [Fact]
    public void Operations_lists_no_setting_that_does_not_exist() =>
        Assert.Empty(DocumentedSettings().Except([.. Settings(), .. OfTheHost]));

    [Fact]
    public void The_example_of_local_settings_holds_every_setting() =>
        Assert.Equal(
            [.. Settings().Except([SetByTheHost]).Append("FUNCTIONS_WORKER_RUNTIME").Order(StringComparer.Ordinal)],
            ExampleValues().Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_example_of_local_settings_sets_nothing() =>
        Assert.All(ExampleValues().Where(value => value.Key != "FUNCTIONS_WORKER_RUNTIME"), value => Assert.Equal("", value.Value));

    [Fact]
    public void The_list_of_services_says_of_each_what_the_service_says_itself() =>
        Assert.Equal(
            Repository.Services.Select(service => ($"{service.Name}-mcp", service.Port, service.TokenSetting)),
            ServiceAssemblies.Select(DefinitionIn).Select(service => (service.Name, service.DefaultPort, service.UpstreamTokenSetting))
        );

    private static GatewayService DefinitionIn(Assembly service) =>
        service
            .GetTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Where(property => property.PropertyType == typeof(GatewayService))
            .Select(property => (GatewayService)property.GetValue(null)!)
            .Single();

    private static HashSet<string> Settings() =>
        [
            .. Assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(SettingsExtensions.NamesOf),
            .. Repository.Services.Select(service => service.TokenSetting).OfType<string>(),
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
