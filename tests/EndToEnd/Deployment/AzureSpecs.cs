using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>infra/main.bicep and azure.yaml, as far as they can be held to account without Azure.</summary>
public sealed partial class AzureSpecs
{
    // Of the Functions host and its extensions.
    private static readonly string[] Hosts =
    [
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__credential",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "ASPNETCORE_FORWARDEDHEADERS_ENABLED",
        "AzureWebJobsDisableHomepage",
    ];

    // Once for all specs: it takes seconds.
    private static readonly Lazy<Task<Finished>> Built = new(() => BicepAsync("build", "--stdout", Template));

    [Fact]
    public async Task The_templates_compile_without_a_word()
    {
        foreach (var run in new[] { await Built.Value, await BicepAsync("lint", Template) })
        {
            Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        }
    }

    [Fact]
    public async Task Each_app_setting_is_one_of_the_gateways_or_the_hosts()
    {
        var template = (await Built.Value).Output;
        var settings = AppSetting().Matches(template).Select(setting => setting.Groups[1].Value).ToList();
        Assert.Contains("KEY_VAULT_URI", settings);
        Assert.Contains("STATE", settings);
        Assert.Contains("MEMORY_DATABASE", settings);
        var documented = SettingRow()
            .Matches(await File.ReadAllTextAsync(PathOf("docs", "operations.md"), TestContext.Current.CancellationToken))
            .Select(row => row.Groups[1].Value);
        Assert.Empty(settings.Except(documented).Except(Hosts));
    }

    [Fact]
    public async Task Azd_deploys_all_gateways_which_the_template_makes()
    {
        var azure = await File.ReadAllTextAsync(PathOf("azure.yaml"), TestContext.Current.CancellationToken);
        var expected = Repository.Services;
        Assert.Equal($"['{string.Join("''", expected.Select(service => service.Name))}']", await MadeAsync("[]"));
        Assert.Equal("['coda']", await MadeAsync("['coda']"));
        Assert.Equal(
            expected.Select(service => $"  {service.Name}:\n    project: functions/{service.Project}\n"),
            AzdService().Matches(azure).Select(service => service.Value)
        );
    }

    [Fact]
    public async Task The_memory_comes_with_a_database_that_lets_in_identities_alone()
    {
        var template = JsonNode.Parse((await Built.Value).Output)!;
        Assert.Equal(
            "[or(empty(parameters('gateways')), contains(parameters('gateways'), 'memory'))]",
            template["parameters"]!["database"]!["defaultValue"]!.GetValue<string>()
        );
        var module = Assert.Single(
            Descendants(template).OfType<JsonObject>(),
            node => node["condition"]?.GetValue<string>() == "[parameters('database')]"
        );
        var database = module["properties"]!["template"]!;
        var server = Assert.Single(Descendants(database).OfType<JsonObject>(), node => node["authConfig"] is not null);
        Assert.Equal("Disabled", server["authConfig"]!["passwordAuth"]!.GetValue<string>());
        Assert.Null(server["administratorLoginPassword"]);
        Assert.DoesNotContain("securestring", database.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("require_secure_transport", database.ToJsonString(), StringComparison.Ordinal);
        // The identity signs in: a URL with a password would be one that is read off the settings.
        Assert.Matches(@"postgres://\{0\}@\{1\}:5432/\{2\}\?pool=2", template.ToJsonString());
    }

    [Fact]
    public async Task A_database_is_made_where_it_is_asked_for_and_its_password_is_never_written_down()
    {
        var template = JsonNode.Parse((await Built.Value).Output)!;
        Assert.False(template["parameters"]!["postgres"]!["defaultValue"]!.GetValue<bool>());
        var module = Assert.Single(
            Descendants(template).OfType<JsonObject>(),
            node => node["condition"]?.GetValue<string>() == "[parameters('postgres')]"
        );
        var database = module["properties"]!["template"]!;
        // What a secure parameter gets is kept out of the history of deployments.
        Assert.Equal("securestring", template["parameters"]!["postgresPassword"]!["type"]!.GetValue<string>());
        Assert.Equal("securestring", database["parameters"]!["password"]!["type"]!.GetValue<string>());
        Assert.DoesNotContain(
            "assword",
            (template["outputs"]!.ToJsonString() + database["outputs"]!.ToJsonString()),
            StringComparison.Ordinal
        );
        Assert.Contains("require_secure_transport", database.ToJsonString(), StringComparison.Ordinal);
    }

    private static string Template => PathOf("infra", "main.bicep");

    private static string PathOf(params string[] parts) => Path.Combine([Repository.Root, .. parts]);

    private static IEnumerable<JsonNode> Descendants(JsonNode node) =>
        node switch
        {
            JsonObject o => o.Select(property => property.Value).OfType<JsonNode>().SelectMany(Descendants).Prepend(node),
            JsonArray a => a.OfType<JsonNode>().SelectMany(Descendants).Prepend(node),
            _ => [node],
        };

    /// <summary>Which gateways the template makes, where these are asked for: what its variables come to.</summary>
    private static async Task<string> MadeAsync(string gateways)
    {
        var variables = File.ReadLines(Template)
            .Where(line =>
                line.StartsWith("var services =", StringComparison.Ordinal) || line.StartsWith("var made =", StringComparison.Ordinal)
            );
        string[] lines = [$"var gateways = {gateways}", .. variables, "made", ""];
        var run = await BicepAsync(["console"], string.Join('\n', lines));
        return string.Concat(run.Succeeded().Where(c => !char.IsWhiteSpace(c)));
    }

    private static Task<Finished> BicepAsync(params string[] arguments) => BicepAsync(arguments, input: null);

    private static Task<Finished> BicepAsync(string[] arguments, string? input)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
            "The package of the Bicep compiler is for Linux on x64."
        );
        var bicep = typeof(AzureSpecs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Bicep").Value!;
#pragma warning disable CA1416 // Linux alone gets here.
        // NuGet unpacks without the right to execute.
        File.SetUnixFileMode(bicep, File.GetUnixFileMode(bicep) | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        var folder = PathOf("infra");
        return RunningProcess.RunAsync(bicep, arguments, null, folder, input, cancellationToken: TestContext.Current.CancellationToken);
    }

    // A list that depends on parameters is an expression in what the compiler makes.
    [GeneratedRegex(@"createObject\('name', '([A-Za-z_]+)', 'value'")]
    private static partial Regex AppSetting();

    [GeneratedRegex(@"^\| `([A-Z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"^  [a-z]+:\n    project: \S+\n", RegexOptions.Multiline)]
    private static partial Regex AzdService();
}
