using System.Net;
using System.Text.Json;

namespace GitHub.Specs;

public sealed class ToolsetSpecs
{
    [Fact]
    public async Task The_path_of_a_toolset_offers_only_its_tools()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        Assert.Equal(["create_gist", "get_gist", "list_gists", "update_gist"], await ListAsync(github, "/mcp/x/gists"));
        Assert.Equal(["get_gist", "list_gists"], await ListAsync(github, "/mcp/x/gists/readonly"));
    }

    [Fact]
    public async Task The_path_wins_over_the_header()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        Assert.Equal(["search_users"], await ListAsync(github, "/mcp/x/users", ("X-MCP-Toolsets", "gists"), ("X-MCP-Readonly", "false")));
        Assert.DoesNotContain("create_branch", await ListAsync(github, "/mcp/readonly", ("X-MCP-Readonly", "false")));
    }

    [Theory]
    [InlineData("/mcp/ReadOnly")]
    [InlineData("/mcp/readonly/")]
    [InlineData("/mcp/x/all/READONLY")]
    public async Task Read_only_is_read_only_however_the_path_is_written(string path)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        var tools = await ListAsync(github, path);
        Assert.Contains("list_issues", tools);
        Assert.DoesNotContain("issue_write", tools);
    }

    [Fact]
    public async Task A_model_is_told_of_the_tools_it_has_and_of_no_others()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        Assert.DoesNotContain("search_issues", await InstructionsAsync(github, "/mcp/x/labels"), StringComparison.Ordinal);
        Assert.DoesNotContain("push_files", await InstructionsAsync(github, "/mcp/x/repos/readonly"), StringComparison.Ordinal);
        Assert.Contains("push_files", await InstructionsAsync(github, "/mcp/x/repos"), StringComparison.Ordinal);
        using var prompts = await SendAsync(github, "/mcp/x/labels", "prompts/list");
        Assert.DoesNotContain(
            "AssignCodingAgent",
            await prompts.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_toolset_that_does_not_exist_has_no_tools_and_says_which_there_are()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        Assert.Empty(await ListAsync(github, "/mcp/x/isues"));
        var said = await InstructionsAsync(github, "/mcp/x/isues");
        Assert.Contains("No tool is offered", said, StringComparison.Ordinal);
        Assert.Contains("issues", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_names_no_toolset_chooses_none()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        Assert.Contains("list_issues", await ListAsync(github, "/mcp", ("X-MCP-Toolsets", " , ")));
    }

    [Theory]
    [InlineData("X-MCP-Toolsets", "users, nonsense", "search_users")]
    [InlineData("X-MCP-Toolsets", "Users", "search_users")]
    [InlineData("X-MCP-Tools", "get_me", "get_me")]
    [InlineData("X-MCP-Tools", "list_workflows", "actions_list")]
    public async Task Headers_choose(string header, string value, string expected)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        Assert.Equal([expected], await ListAsync(github, "/mcp", (header, value)));
    }

    [Fact]
    public async Task Single_tools_add_to_toolsets_and_exclusion_wins_over_both()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        Assert.Equal(
            ["get_gist", "list_gists", "search_users"],
            await ListAsync(
                github,
                "/mcp",
                ("X-MCP-Toolsets", "gists"),
                ("X-MCP-Tools", "search_users,get_gist"),
                ("X-MCP-Exclude-Tools", "create_gist, Update_Gist")
            )
        );
    }

    [Fact]
    public async Task An_unknown_tool_in_the_header_is_a_400_that_names_it()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        using var response = await SendAsync(github, "/mcp", "tools/list", ("X-MCP-Tools", "get_mee"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            "get_mee",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_servers_own_settings_bound_what_a_request_may_choose()
    {
        await using var github = await StubbedGitHub.StartAsync(
            ("GITHUB_TOOLSETS", "users,gists"),
            ("GITHUB_EXCLUDE_TOOLS", "list_gists"),
            ("GITHUB_READ_ONLY", "true")
        );
        Assert.Equal(["get_gist", "search_users"], await ListAsync(github, "/mcp"));
        Assert.Equal(
            ["get_gist"],
            await ListAsync(
                github,
                "/mcp",
                ("X-MCP-Toolsets", "all"),
                ("X-MCP-Tools", "create_branch"),
                ("X-MCP-Exclude-Tools", "search_users"),
                ("X-MCP-Readonly", "0")
            )
        );
    }

    [Theory]
    [InlineData("READ_ONLY")]
    [InlineData("GITHUB_READ_ONLY")]
    public async Task Read_only_refuses_every_write(string setting)
    {
        await using var github = await StubbedGitHub.StartAsync((setting, "true"));
        var writes = new[]
        {
            "issue_write",
            "push_files",
            "merge_pull_request",
            "create_gist",
            "star_repository",
            "actions_run_trigger",
            "delete_branch",
        };
        Assert.Empty(writes.Intersect(await ListAsync(github, "/mcp")));
        foreach (var write in writes)
        {
            using var response = await SendAsync(
                github,
                "/mcp",
                "tools/call",
                [],
                JsonSerializer.Serialize(new { name = write, arguments = new { owner = "o", repo = "r" } })
            );
            var said = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(
                said.Contains("\"isError\":true", StringComparison.Ordinal) || said.Contains("\"error\"", StringComparison.Ordinal),
                said
            );
        }

        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task A_setting_that_names_no_toolset_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<McpGateway.Secrets.SettingException>(() =>
            StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", "isues"))
        );
        Assert.Contains("GITHUB_TOOLSETS names 'isues'", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<List<string>> ListAsync(StubbedGitHub github, string path, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(github, path, "tools/list", headers);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        return
        [
            .. answer
                .GetProperty("result")
                .GetProperty("tools")
                .EnumerateArray()
                .Select(tool => tool.GetProperty("name").GetString()!)
                // What every gateway has.
                .Where(tool => tool is not ("read_more" or "show_activity"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<string> InstructionsAsync(StubbedGitHub github, string path)
    {
        using var response = await SendAsync(
            github,
            path,
            "initialize",
            [],
            """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"spec","version":"1"}}"""
        );
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        return answer.GetProperty("result").GetProperty("instructions").GetString()!;
    }

    private static Task<HttpResponseMessage> SendAsync(
        StubbedGitHub github,
        string path,
        string method,
        params (string Name, string Value)[] headers
    ) => SendAsync(github, path, method, headers, "{}");

    private static Task<HttpResponseMessage> SendAsync(
        StubbedGitHub github,
        string path,
        string method,
        (string Name, string Value)[] headers,
        string parameters
    ) =>
        github.Gateway.PostAsync(
            $$$"""{"jsonrpc":"2.0","id":1,"method":"{{{method}}}","params":{{{parameters}}}}""",
            StubbedGitHub.Bearer,
            request =>
            {
                request.RequestUri = new Uri(path, UriKind.Relative);
                foreach (var (name, value) in headers)
                {
                    request.Headers.Add(name, value);
                }
            }
        );
}
