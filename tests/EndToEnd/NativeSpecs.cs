using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>
/// memory-mcp compiled to native code does what it does on .NET. Most specs that start memory-mcp start this program, where <c>./test</c> compiled it;
/// this one has both side by side.
/// </summary>
public sealed partial class NativeSpecs
{
    private static readonly (string Tool, string Arguments)[] Calls =
    [
        // Before there are calls whose durations it tells.
        ("show_activity", """{"days":2}"""),
        (
            "create_entities",
            """{"entities":[{"name":"Ada Lovelace","entityType":"person","observations":["lives in London","likes tea","born 1815-12-10"]},{"name":"Éva","entityType":"person","observations":["mag Tee 😀"]},{"name":"Ada Lovelacee","entityType":"person","observations":["likes tea"]}]}"""
        ),
        ("create_entities", """{"entities":[{"name":"Engine","entityType":"machine","observations":[{"content":"has 25,000 parts"}]}]}"""),
        ("create_entities", """{"entities":[{"name":"Ada Lovelace","entityType":"person","observations":["again"]}]}"""),
        ("create_entities", """{"entities":"{\"name\":\"A text\",\"entityType\":\"t\"}"}"""),
        ("create_entities", """{"entities":[{"name":7,"entityType":"t"}]}"""),
        ("create_entities", """{"entities":[]}"""),
        ("create_entities", """{"nodes":[{"name":"B"}]}"""),
        (
            "create_relations",
            """{"relations":[{"from":"Ada Lovelace","to":"Engine","relationType":"wrote for"},{"from":"Éva","to":"Nobody","relationType":"knows"}]}"""
        ),
        ("create_relations", """{"relations":[{"from":"Ada Lovelace","to":"Éva","relationType":"knows"}]}"""),
        (
            "add_observations",
            """{"observations":[{"entityName":"Ada Lovelace","contents":["works on Bernoulli numbers",{"content":"visits Turin","validUntil":"2027-01-01"}]}]}"""
        ),
        ("add_observations", """{"observations":[{"entityName":"Ada Lovelase","contents":["x"]}]}"""),
        (
            "update_observations",
            """{"updates":[{"entityName":"Ada Lovelace","oldObservation":"lives in London","newObservation":"lives in Ockham"}]}"""
        ),
        ("update_observations", """{"updates":[{"entityName":"Ada Lovelace","oldObservation":"likes coffee","newObservation":"y"}]}"""),
        ("search_nodes", """{"query":"who drinks tea?","limit":"5"}"""),
        ("search_nodes", """{"query":"bernouli"}"""),
        ("search_nodes", """{"query":"nothing of this","types":["machine"],"since":"2020-01-01"}"""),
        ("search_nodes", """{"query":"Ada","until":"not a day"}"""),
        ("search", """{"query":"Turin"}"""),
        ("fetch", """{"id":"Ada Lovelace"}"""),
        ("fetch", """{"id":"nobody"}"""),
        ("open_nodes", """{"names":["Ada Lovelace","Nobody"]}"""),
        ("read_graph", """{}"""),
        ("read_graph", """{"limit":1}"""),
        ("list_entities", """{"order":"name","types":["person"]}"""),
        ("list_entities", """{"order":"size"}"""),
        ("get_neighbors", """{"name":"Ada Lovelace","depth":2,"direction":"out","relationTypes":["knows"]}"""),
        ("find_path", """{"from":"Éva","to":"Engine"}"""),
        ("find_duplicates", """{}"""),
        ("memory_stats", """{}"""),
        ("export_graph", """{}"""),
        ("rename_entity", """{"from":"Éva","to":"Eva"}"""),
        ("set_entity_type", """{"entityName":"Eva","entityType":"friend"}"""),
        ("merge_entities", """{"from":["Ada Lovelacee"],"into":"Ada Lovelace"}"""),
        ("delete_observations", """{"deletions":[{"entityName":"Ada Lovelace","observations":["likes tea","likes te"]}]}"""),
        ("delete_relations", """{"relations":[{"from":"Ada Lovelace","to":"Engine","relationType":"wrote for"}]}"""),
        ("delete_entities", """{"entityNames":["Engine","Enginee"]}"""),
        ("undo_changes", """{}"""),
        ("entity_history", """{"entityName":"Ada Lovelace","limit":3}"""),
        ("recent_changes", """{"limit":50}"""),
        ("recent_changes", """{"limit":-1}"""),
        ("show_memory_graph", """{"name":"Ada Lovelace"}"""),
        ("read_more", """{"cursor":"none.0"}"""),
        ("no_such_tool", """{}"""),
    ];

    [Fact]
    public async Task Each_tool_and_page_gives_what_it_gives_on_dotnet()
    {
        var native = await AnswersAsync(RequireProgram());
        var managed = await AnswersAsync(Repository.ManagedProgramOf("Memory"));
        Assert.Equal(managed.Keys, native.Keys);
        Assert.All(managed, answer => Assert.Equal((answer.Key, answer.Value), (answer.Key, native[answer.Key])));
        var called = Calls.Select(call => call.Tool).ToHashSet(StringComparer.Ordinal);
        var listed = JsonNode.Parse(native["tools/list"])!["result"]!["tools"]!.AsArray().Select(tool => tool!["name"]!.ToString());
        Assert.Equal([], listed.Where(tool => !called.Contains(tool)));
        // Most of them work, so that they show more than errors.
        Assert.InRange(native.Values.Count(answer => answer.Contains("\"isError\":true", StringComparison.Ordinal)), 1, 15);
    }

    /// <summary>The program, where it can be compiled.</summary>
    internal static string RequireProgram()
    {
        Tool.Require("clang", "./test compiles memory-mcp to native code where it is: apt-get install clang zlib1g-dev.");
        var program = Repository.NativeProgramOf("Memory");
        Assert.SkipUnless(
            program is not null || Environment.GetEnvironmentVariable("CI") == "true",
            "Only ./test without filters compiles it."
        );
        if (program is null)
        {
            Assert.Fail("The native program is not there, and with CI=true nothing is skipped: run ./test without filters, or unset CI.");
        }

        return program;
    }

    /// <summary>What a new gateway answers, each by what was asked, without dates and what is drawn by lot.</summary>
    private static async Task<Dictionary<string, string>> AnswersAsync(string program)
    {
        const string Token = "native-spec-bearer-0123456789-012345";
        var settings = new Dictionary<string, string?>
        {
            ["MCP_BEARER_TOKEN"] = Token,
            ["MEMORY_TOOLSETS"] = "all",
            ["OPERATOR_SECRET"] = "native-spec-operator-secret",
        };
        await using var gateway = await GatewayProcess.StartAsync("Memory", settings, program: program);
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var method in (string[])["tools/list", "prompts/list", "resources/list", "resources/templates/list", "ping", "no/method"])
        {
            answers[method] = await PostAsync(new JsonObject(), method);
        }

        answers["initialize"] = await PostAsync(
            JsonNode.Parse("""{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}""")!.AsObject(),
            "initialize"
        );
        foreach (var (number, (tool, arguments)) in Calls.Index())
        {
            answers[$"{number}: {tool} {arguments}"] = await PostAsync(
                new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) },
                "tools/call"
            );
        }

        answers["resources/read"] = await PostAsync(new JsonObject { ["uri"] = "memory://knowledge-graph" }, "resources/read");
        answers["prompts/get"] = await PostAsync(new JsonObject { ["name"] = "use_memory" }, "prompts/get");
        foreach (
            var path in (string[])
                [
                    "/health",
                    "/health/ready",
                    "/",
                    "/.well-known/oauth-protected-resource/mcp",
                    "/.well-known/oauth-authorization-server",
                    "/nothing",
                ]
        )
        {
            using var response = await gateway.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            answers[path] = $"{(int)response.StatusCode} {Settled(await response.Content.ReadAsStringAsync())}";
        }

        Assert.DoesNotContain(gateway.Logs, line => line.Contains("unexpectedly", StringComparison.Ordinal));
        return answers;

        async Task<string> PostAsync(JsonObject parameters, string method)
        {
            var message = new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = 1,
                ["method"] = method,
                ["params"] = parameters,
            };
            using var response = await gateway.PostAsync(message.ToJsonString(), Token, TestContext.Current.CancellationToken);
            return Settled(await response.Content.ReadAsStringAsync()).Trim();
        }

        string Settled(string text) => Drawn().Replace(text.Replace(gateway.Url.Authority, "authority", StringComparison.Ordinal), "…");
    }

    /// <summary>Times, ports, durations and ids.</summary>
    [GeneratedRegex(
        """\d{4}-\d\d-\d\d(T[\d:.]+Z|( at)? \d\d:\d\d(:\d\d)?)?|\b[0-9a-f]{16,}\b|nonce="[^"]*"|nonce-[^' ]*|(?<=time datetime=")[^"]*|"(uptime|milliseconds|durationMs|bytes|size)[^:]*":[\d.]+"""
    )]
    private static partial Regex Drawn();
}
