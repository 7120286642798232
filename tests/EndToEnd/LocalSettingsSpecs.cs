using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>
/// Who follows docs/operations.md to a <c>local.settings.json</c> has a service that runs. Core Tools hand its values on as environment
/// variables; here they reach the same program without a host.
/// </summary>
public sealed partial class LocalSettingsSpecs
{
    [Theory]
    [InlineData("Memory")]
    [InlineData("Coda")]
    [InlineData("GitHub")]
    [InlineData("Firecrawl")]
    public async Task The_settings_made_from_the_example_start_a_service_with_a_token_on_loopback(string project)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        File.Copy(Path.Combine(Repository.Root, "local.settings.json.example"), Path.Combine(folder, "local.settings.json.example"));
        var documented = Command()
            .Match(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"), cancellationToken));
        var run = await RunningProcess.RunAsync("bash", ["-c", documented.Value], folder: folder, cancellationToken: cancellationToken);
        run.Succeeded();

        using var settings = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(folder, "local.settings.json"), cancellationToken)
        );
        Assert.Equal("127.0.0.1", settings.RootElement.GetProperty("Host").GetProperty("LocalHttpAddress").GetString());
        var values = settings
            .RootElement.GetProperty("Values")
            .EnumerateObject()
            .ToDictionary(value => value.Name, value => value.Value.GetString());
        values.Remove("DATA_PATH");
        values["PORT"] = "0";
        await using var gateway = await GatewayProcess.StartAsync(project, values);
        const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""";
        using var without = await gateway.PostAsync(Initialize, cancellationToken: cancellationToken);
        using var with = await gateway.PostAsync(Initialize, values["MCP_BEARER_TOKEN"], cancellationToken);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
    }

    [GeneratedRegex(@"^sed .*> local\.settings\.json$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
