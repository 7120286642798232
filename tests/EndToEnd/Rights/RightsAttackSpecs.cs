using System.Globalization;
using McpGateway.Testing;

namespace EndToEnd.Rights;

/// <summary>Callers with narrow rights attack the four services as they run.</summary>
public sealed class RightsAttackSpecs
{
    // A longer run by hand: RIGHTS_ATTACK_CALLS=25000 for each service.
    private static readonly int Calls = int.Parse(
        Environment.GetEnvironmentVariable("RIGHTS_ATTACK_CALLS") ?? "1000",
        CultureInfo.InvariantCulture
    );

    private static readonly string[] Importing = ["create_entities", "create_relations", "add_observations"];

    private const string Imported = """{"type":"entity","name":"imported","entityType":"t","observations":["o"]}""";

    private static readonly Dictionary<string, AttackedService> Services = new(StringComparer.Ordinal)
    {
        ["Memory"] = new("Memory", "memory_")
        {
            SettingsFor = _ => new() { ["MEMORY_TOOLSETS"] = "all" },
            Transfers =
            [
                .. new[]
                {
                    ("", "default"),
                    ("/n/work", "work"),
                    ("/n/home", "home"),
                    ("/n/HOME", "home"),
                    ("/n/default", "default"),
                }.SelectMany(at =>
                    new AttackedTransfer[]
                    {
                        new("GET", $"/export{at.Item1}", at.Item2, null, ["export_graph"]),
                        new("GET", $"/export{at.Item1}?format=official&after=entity:0", at.Item2, null, ["export_graph"]),
                        new("POST", $"/import{at.Item1}", at.Item2, Imported, Importing),
                        new("POST", $"/import{at.Item1}?entity=thief", at.Item2, "taken", Importing),
                    }
                ),
            ],
            Paths =
            [
                "/mcp",
                "/mcp/",
                "/MCP",
                "/mcp/readonly",
                "/mcp/x/all",
                "/mcp/x/core/readonly",
                "/mcp/n/work",
                "/mcp/n/home",
                "/mcp/n/WORK/x/all",
                "/mcp/n/home/readonly",
                "/mcp/n/default/x/all",
            ],
            Namespaces = ["default", "work", "home"],
            Resources =
            [
                ("memory://knowledge-graph", ["open_nodes", "read_graph"]),
                ("memory://entity/hidden-in-work", ["open_nodes"]),
                ("memory://entity/hidden-in-home", ["open_nodes"]),
            ],
            Completion = ("memory://entity/{name}", "name", ["open_nodes"]),
        },
        ["Coda"] = new("Coda", "coda_")
        {
            SettingsFor = url =>
                new()
                {
                    ["CODA_API_TOKEN"] = "coda-upstream-token-0123",
                    ["CODA_API_BASE_URL"] = $"{url}/apis/v1",
                    ["CODA_LIMIT_READS"] = "1000000/1",
                    ["CODA_LIMIT_WRITES"] = "1000000/1",
                    ["CODA_LIMIT_CONTENT_WRITES"] = "1000000/1",
                    ["CODA_LIMIT_DOC_LISTS"] = "1000000/1",
                    ["CODA_LIMIT_ANALYTICS"] = "1000000/1",
                },
            Samples = new Dictionary<string, string>
            {
                ["docId"] = "\"AbCDeFGHij\"",
                ["pageIdOrName"] = "\"canvas-1x\"",
                ["tableIdOrName"] = "\"grid-1x\"",
                ["rowIdOrName"] = "\"i-1x\"",
                ["columnIdOrName"] = "\"c-1\"",
                ["url"] = "\"https://coda.io/d/_dAbCDeFGHij\"",
            },
            Resources = [("coda://docs/AbCDeFGHij/pages/canvas-1x/markdown", ["coda_get_page_content"])],
            Writes = request => request.Method != "GET",
        },
        ["GitHub"] = new("GitHub", "github_")
        {
            SettingsFor = url => new() { ["GITHUB_TOKEN"] = "ghp_0123456789abcdefghijABCDEFGHIJ012345", ["GITHUB_HOST"] = url },
            Samples = new Dictionary<string, string> { ["owner"] = "\"octo\"", ["repo"] = "\"hello\"" },
            Resources = [("repo://octo/hello/contents/a.txt", ["get_file_contents"])],
            Completion = ("repo://{owner}/{repo}/contents{/path*}", "owner", ["get_file_contents"]),
            Prompt = ("issue_to_fix_workflow", ["list_issues"]),
            Writes = request =>
                request.Method != "GET"
                && !(
                    request.Target.EndsWith("/graphql", StringComparison.Ordinal)
                    && !Text(request).Contains("mutation", StringComparison.Ordinal)
                ),
        },
        ["Firecrawl"] = new("Firecrawl", "firecrawl_")
        {
            SettingsFor = url =>
                new()
                {
                    ["FIRECRAWL_API_KEY"] = "fc-upstream-key-0123456789",
                    ["FIRECRAWL_API_URL"] = $"{url}/v2",
                    ["FIRECRAWL_VERSION"] = "cloud",
                    ["FIRECRAWL_ALLOW_PRIVATE"] = "true",
                },
            ReadsByArguments = ["firecrawl_scrape", "firecrawl_crawl", "firecrawl_batch_scrape"],
            Samples = new Dictionary<string, string>
            {
                ["url"] = "\"https://site.example/a\"",
                ["urls"] = """["https://site.example/a"]""",
            },
            Spices =
            [
                ("url", "\"https://site.example/a\""),
                ("actions", """[{"type":"click","selector":"#buy"}]"""),
                ("webhook", "\"https://elsewhere.example/\""),
                ("profile", """{"name":"p","saveChanges":true}"""),
                ("scrapeOptions", """{"actions":[{"type":"click","selector":"#buy"}]}"""),
            ],
            Resources = [("firecrawl://pages/p1", ["firecrawl_scrape"])],
            Writes = request =>
                request.Method is not ("GET" or "POST")
                || Text(request) is var body
                    && (
                        body.Contains("\"click\"", StringComparison.Ordinal)
                        || body.Contains("elsewhere.example", StringComparison.Ordinal)
                        || body.Contains("\"saveChanges\":true", StringComparison.Ordinal)
                        || (request.Method == "POST" && request.Target.Contains("/monitor", StringComparison.Ordinal))
                    ),
        },
    };

    [Theory]
    [InlineData("Memory")]
    [InlineData("Coda")]
    [InlineData("GitHub")]
    [InlineData("Firecrawl")]
    public async Task Nobody_gets_beyond_their_rights(string service)
    {
        var (outside, allowed, listed, pages) = await new RightsAttack(Services[service], seed: 20261129).RunAsync(Calls);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{service}: {Calls} calls, {allowed} allowed, {listed} names listed, {pages} pages, {outside.Count} outside"
        );
        Assert.True(outside.Count == 0, $"{outside.Count} outside:\n{string.Join('\n', outside.Take(20))}");
        // It could have failed: much was allowed, and more was tried.
        Assert.True(allowed > Calls / 100, $"{allowed} allowed");
        Assert.True(listed > Calls / 25, $"{listed} listed");
        Assert.True(pages > Calls / 10, $"{pages} pages");
    }

    private static string Text(ReceivedRequest request) => System.Text.Encoding.UTF8.GetString(request.Body);
}
