using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>github-mcp as an operator runs it, with a stub of GitHub's API on loopback.</summary>
public sealed class GitHubProcessSpecs
{
    private const string Token = "caller-token-0123456789abcdef0123456789abcdef";
    private const string GitHubToken = "ghp_endtoendendtoendendtoendendtoendend1";
    private const string Hidden = "Fix\u200B the\u202E \U000E0049\U000E0067\U000E006Ebug\u2066";

    [Theory]
    [InlineData("sdk-v1")]
    [InlineData("sdk-v2")]
    public async Task The_official_javascript_clients_read_a_file_a_list_and_a_cleaned_pull_request(string client)
    {
        await using var github = await StartGitHubAsync();
        await using var gateway = await StartAsync(github);
        var session = await ClientSession.HoldAsync(
            client,
            gateway.McpUrl,
            Token,
            [
                new(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "a.txt",
                        startLine = 2,
                        endLine = 3,
                    }
                ),
                new(
                    "list_branches",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        perPage = 1,
                    }
                ),
                new(
                    "pull_request_read",
                    new
                    {
                        method = "get",
                        owner = "o",
                        repo = "r",
                        pullNumber = 7,
                    }
                ),
            ]
        );
        Assert.Equal("github-mcp", session.Server);
        Assert.Contains("issue_write", session.Tools);
        Assert.Equal("two\nthree", session.Results[0]["content"]![0]!["text"]!.GetValue<string>());
        var branches = JsonNode.Parse(session.Structured(1))!;
        Assert.Equal((true, 2), (branches["hasMore"]!.GetValue<bool>(), branches["nextPage"]!.GetValue<int>()));
        Assert.Equal("Fix the bug", JsonNode.Parse(session.Structured(2))!["body"]!.GetValue<string>());
        Assert.All(github.Received, request => Assert.Equal($"Bearer {GitHubToken}", request.Headers["Authorization"]));
        Assert.DoesNotContain(
            github.Received,
            request =>
                request
                    .Headers.Values.Append(request.Target)
                    .Append(request.Text)
                    .Any(text => text.Contains(Token, StringComparison.Ordinal))
        );
        await gateway.StopAsync();
        Assert.DoesNotContain(GitHubToken, string.Join('\n', gateway.Logs.Concat(gateway.Audit)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_only_refuses_writes_and_paths_choose_tools_resources_and_completions()
    {
        await using var github = await StartGitHubAsync();
        await using var gateway = await StartAsync(github, ("READ_ONLY", "true"));
        var all = await ToolsAsync(gateway, "/mcp");
        Assert.Contains("get_file_contents", all);
        Assert.DoesNotContain("issue_write", all);
        Assert.Equal(all, await ToolsAsync(gateway, "/mcp/readonly"));
        Assert.DoesNotContain("get_file_contents", await ToolsAsync(gateway, "/mcp/x/issues"));
        var refused = await PostAsync(
            gateway,
            "/mcp",
            "tools/call",
            new
            {
                name = "issue_write",
                arguments = new
                {
                    method = "create",
                    owner = "o",
                    repo = "r",
                    title = "t",
                },
            }
        );
        Assert.True(refused["result"]!["isError"]!.GetValue<bool>(), refused.ToJsonString());
        Assert.Empty(github.Received);

        var read = await PostAsync(gateway, "/mcp", "resources/read", new { uri = "repo://o/r/contents/a.txt" });
        Assert.Equal("one\ntwo\nthree\nfour\n", read["result"]!["contents"]![0]!["text"]!.GetValue<string>());
        var completed = await PostAsync(
            gateway,
            "/mcp",
            "completion/complete",
            new
            {
                @ref = new { type = "ref/resource", uri = "repo://{owner}/{repo}/refs/heads/{branch}/contents{/path*}" },
                argument = new { name = "branch", value = "ma" },
                context = new { arguments = new { owner = "o", repo = "r" } },
            }
        );
        Assert.Equal("main", Assert.Single(completed["result"]!["completion"]!["values"]!.AsArray())!.GetValue<string>());
    }

    private static async Task<StubUpstream> StartGitHubAsync()
    {
        var github = await StubUpstream.StartAsync();
        var file = Convert.ToBase64String(Encoding.UTF8.GetBytes("one\ntwo\nthree\nfour\n"));
        return github
            .On(
                "GET /api/v3/repos/o/r/contents/a.txt",
                $$"""{"type":"file","name":"a.txt","path":"a.txt","sha":"abc","size":19,"encoding":"base64","content":"{{file}}"}"""
            )
            .On(
                "GET /api/v3/repos/o/r/branches",
                """[{"name":"main","commit":{"sha":"abc"},"protected":true}]""",
                200,
                ("Link", $"<{github.Url}/api/v3/repositories/1/branches?per_page=1&page=2>; rel=\"next\"")
            )
            .On(
                "GET /api/v3/repos/o/r/pulls/7",
                JsonSerializer.Serialize(
                    new
                    {
                        number = 7,
                        title = "A fix",
                        state = "open",
                        body = Hidden,
                        user = new { login = "octocat" },
                    }
                )
            )
            .On(
                "GET /api/v3/repos/o/r/git/matching-refs/heads/ma",
                """[{"ref":"refs/heads/main","object":{"sha":"abc","type":"commit"}}]"""
            );
    }

    private static Task<GatewayProcess> StartAsync(StubUpstream github, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["MCP_BEARER_TOKEN"] = Token,
            ["GITHUB_TOKEN"] = GitHubToken,
            ["GITHUB_HOST"] = github.Url,
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return GatewayProcess.StartAsync("GitHub", all);
    }

    private static async Task<List<string>> ToolsAsync(GatewayProcess gateway, string path) =>
        [
            .. (await PostAsync(gateway, path, "tools/list", new { }))["result"]!["tools"]!
                .AsArray()
                .Select(tool => tool!["name"]!.GetValue<string>()),
        ];

    /// <summary>Asks as curl does.</summary>
    private static async Task<JsonNode> PostAsync(GatewayProcess gateway, string path, string method, object parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(
                JsonSerializer.Serialize(
                    new
                    {
                        jsonrpc = "2.0",
                        id = 1,
                        method,
                        @params = parameters,
                    }
                ),
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Authorization = new("Bearer", Token);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
