using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>The tool lists of all services, as the clients and the libraries that people use take them, with every tool switched on.</summary>
public sealed class ToolListSpecs : IDisposable
{
    private const string Token = "end-to-end-0123456789abcdef";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly string folder = TemporaryFolder.Create("tool-list-spec-").FullName;

    public static TheoryData<string> Names => [.. Repository.Services.Select(service => service.Name)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>
    /// Through n8n's converter, LangChain, the AI SDK, Google's SDK and OpenAI's agents: what they send to a model would be refused as
    /// a whole for one list without items, or one value without a type.
    /// </summary>
    [Fact]
    public async Task Libraries_hand_every_tool_to_a_model_in_a_form_its_API_takes()
    {
        var report = await AskAsync(
            "converters.mjs",
            gateway => [Url(gateway, "all"), Url(gateway, "all/readonly"), Url(gateway, "default")]
        );
        Assert.All(
            report,
            each => Assert.Equal((each["converter"] + ":", "", "[]"), ($"{each["converter"]}:", $"{each["error"]}", $"{each["problems"]}"))
        );
        Assert.DoesNotContain(report, each => (int)each["listed"]! == 0);
        // Strict mode has no form for an object whose members the tool does not know, nor for a tool without parameters.
        var strict = report.Where(each => (string)each["converter"]! == "OpenAI Agents, strict").ToList();
        Assert.Equal(3 * Repository.Services.Count, strict.Count);
        Assert.All(strict, each => Assert.Equal("[]", $"{each["lax"]}"));
    }

    [Fact]
    public async Task Every_list_is_valid_by_its_meta_schema_in_every_toolset_with_and_without_writing()
    {
        var toolsets = new Dictionary<string, string[]>();
        foreach (var service in Repository.Services)
        {
            toolsets[service.Name] = await ToolsetsOfAsync(service);
        }

        var report = await AskAsync(
            "tool-lists.mjs",
            gateway => toolsets[gateway.Service.Name].SelectMany(name => (string[])[Url(gateway, name), Url(gateway, $"{name}/readonly")])
        );
        Assert.All(report, each => Assert.Equal("[]", $"{each["problems"]}"));
        Assert.DoesNotContain(report, each => (int)each["tools"]! == 0 && !$"{each["url"]}".EndsWith("readonly", StringComparison.Ordinal));
    }

    /// <summary>The Inspector exits with 0 where it merely warns.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_Inspector_finds_nothing_to_warn_of(string name)
    {
        await using var gateway = await StartAsync(Repository.Services.Single(service => service.Name == name));
        var finished = await NodeProgram.RunPackageAsync(
            "@modelcontextprotocol/inspector/clients/launcher/build/index.js",
            [
                .. (string[])["--cli", $"{gateway.McpUrl}/x/all", "--header", $"Authorization: Bearer {Token}"],
                .. (string[])["--transport", "http", "--format", "json", "--method", "tools/list", "--strict"],
            ],
            TestContext.Current.CancellationToken
        );
        var list = JsonNode.Parse(finished.Succeeded())!;
        Assert.NotEmpty(list["result"]!["tools"]!.AsArray());
        Assert.Equal("", $"{list["schemaFindings"]}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_documents_say_how_many_tools_a_list_has(string name)
    {
        await using var gateway = await StartAsync(Repository.Services.Single(service => service.Name == name));
        var counts = new List<int>();
        foreach (var choice in (string[])["default", "all", "all/readonly"])
        {
            counts.Add(await CountAsync(gateway, $"/mcp/x/{choice}"));
        }

        var document = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "clients.md"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains($"| {name}-mcp | {string.Join(" | ", counts)} |", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_three_gateways_offer_by_default_fits_into_one_request_to_a_model()
    {
        var counts = new List<int>();
        foreach (var service in Repository.Services)
        {
            await using var gateway = await StartAsync(service);
            counts.Add(await CountAsync(gateway, "/mcp"));
        }

        // OpenAI's API and VS Code take so many.
        Assert.InRange(counts.OrderDescending().Take(3).Sum(), 1, 128);
    }

    private static async Task<int> CountAsync(GatewayProcess gateway, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json"),
            Headers = { Authorization = new("Bearer", Token) },
        };
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var list = await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        return list!["result"]!["tools"]!.AsArray().Count;
    }

    private static string Url((Service Service, GatewayProcess Process) gateway, string choice) => $"{gateway.Process.McpUrl}/x/{choice}";

    /// <summary>Lets one of our programs work on the lists at these URLs of all services, and reads its report.</summary>
    private static async Task<IReadOnlyList<JsonNode>> AskAsync(
        string program,
        Func<(Service Service, GatewayProcess Process), IEnumerable<string>> urls
    )
    {
        var gateways = new List<(Service Service, GatewayProcess Process)>();
        try
        {
            foreach (var service in Repository.Services)
            {
                gateways.Add((service, await StartAsync(service)));
            }

            var lists = gateways.SelectMany(urls).Select(url => new { url, token = Token });
            var finished = await NodeProgram.RunClientAsync(
                program,
                [],
                JsonSerializer.Serialize(lists, Web),
                TestContext.Current.CancellationToken
            );
            return [.. JsonNode.Parse(finished.Succeeded())!.AsArray().Select(each => each!)];
        }
        finally
        {
            foreach (var (_, process) in gateways)
            {
                await process.DisposeAsync();
            }
        }
    }

    private static Task<GatewayProcess> StartAsync(Service service) => GatewayProcess.StartAsync(service.Project, Settings(service));

    private static Dictionary<string, string?> Settings(Service service)
    {
        var settings = new Dictionary<string, string?> { ["MCP_BEARER_TOKEN"] = Token };
        if (service.TokenSetting is { } upstream)
        {
            settings[upstream] = "never-sent-0123456789";
        }

        return settings;
    }

    /// <summary>The names of a service's toolsets, which it tells at a start with one that it does not have.</summary>
    private async Task<string[]> ToolsetsOfAsync(Service service)
    {
        var settings = Settings(service);
        settings[$"{service.Name.ToUpperInvariant()}_TOOLSETS"] = "nonsense";
        await using var process = GatewayProcess.Start(service.Project, folder, settings);
        Assert.Equal(1, await process.WaitForExitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        var line = process.Errors.Single(line => line.Contains("which is not a toolset: use ", StringComparison.Ordinal));
        return line.Split("use ")[^1].TrimEnd('.').Split(", ");
    }
}
