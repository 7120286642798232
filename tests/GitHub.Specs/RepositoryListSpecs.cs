using System.Text.Json;

namespace GitHub.Specs;

public sealed class RepositoryListSpecs
{
    [Fact]
    public async Task A_repository_outside_of_the_list_is_not_even_asked_for()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "me/*, octo/hello"));
        Assert.Contains(
            "may not touch octo/secret",
            await github.FailAsync("list_branches", new { owner = "octo", repo = "secret" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "may not touch octo/secret",
            await github.FailAsync("list_issues", new { owner = "octo", repo = "secret" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "limited to certain repositories",
            await github.FailAsync("get_gist", new { gist_id = "1" }),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("")]
    public async Task What_others_hold_is_left_out_whatever_the_media_type_says(string type)
    {
        await using var github = await StubbedGitHub.StartAsync(
            ("GITHUB_ALLOWED_REPOS", "octo/hello"),
            ("GITHUB_TOOLSETS", "notifications,issues")
        );
        github
            .On(
                "GET /notifications",
                """[{"id":"1","subject":{"title":"of others","type":"Issue"},"repository":{"full_name":"victim/secret"}}]""",
                200,
                ("Content-Type", type)
            )
            .On(
                "GET /search/issues",
                """
                {"total_count":1,"incomplete_results":false,
                "items":[{"number":1,"title":"of others","repository_url":"https://api.github.com/repos/victim/secret"}]}
                """,
                200,
                ("Content-Type", type)
            );
        Assert.Empty((await github.ReadAsync("list_notifications", new { })).GetProperty("items").EnumerateArray());
        Assert.Empty((await github.ReadAsync("search_issues", new { query = "x" })).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("GITHUB_ALLOWED_REPOS", "o/r")]
    [InlineData("GITHUB_LOCKDOWN_MODE", "true")]
    public async Task What_is_read_of_the_default_branch_needs_no_reference(string setting, string value)
    {
        await using var github = await StubbedGitHub.StartAsync((setting, value));
        github
            .OnGraphQl(Lockdown.Public)
            .On("GET /repos/o/r", """{"full_name":"o/r","private":false,"default_branch":"main","owner":{"login":"o"}}""")
            .On("GET /repos/o/r/commits", "[]")
            .On(
                "GET /repos/o/r/contents/a",
                """{"type":"file","name":"a","path":"a","sha":"f","size":4,"encoding":"base64","content":"c2FmZQ=="}"""
            );
        Assert.Contains(
            "safe",
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "a",
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
        Assert.Empty((await github.ReadAsync("list_commits", new { owner = "o", repo = "r" })).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_list_of_writable_repositories_that_are_not_allowed_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<McpGateway.Secrets.SettingException>(() =>
            StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/*"), ("GITHUB_WRITABLE_REPOS", "octo/hello,me/sandbox"))
        );
        Assert.Equal(
            "GITHUB_WRITABLE_REPOS holds 'me/sandbox', which GITHUB_ALLOWED_REPOS does not: add it there, or remove it here.",
            failure.Message
        );
    }

    [Fact]
    public async Task A_readable_repository_is_not_for_that_writable()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_WRITABLE_REPOS", "me/sandbox"));
        github.On("GET /repos/octo/hello/branches", "[]").On("POST /repos/ME/sandbox/issues", """{"number":1,"title":"t"}""");
        await github.ReadAsync("list_branches", new { owner = "octo", repo = "hello" });
        await github.ReadAsync(
            "issue_write",
            new
            {
                method = "create",
                owner = "ME",
                repo = "sandbox",
                title = "t",
            }
        );
        Assert.Contains(
            "may not change octo/hello",
            await github.FailAsync(
                "issue_write",
                new
                {
                    method = "create",
                    owner = "octo",
                    repo = "hello",
                    title = "t",
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "may not change",
            await github.FailAsync("create_gist", new { filename = "a", content = "b" }),
            StringComparison.Ordinal
        );
        Assert.Equal(2, github.Requests.Count);
    }

    [Fact]
    public async Task Searches_lose_what_other_repositories_hold()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        github.On(
            "GET /search/issues",
            """
            {"total_count":2,"incomplete_results":false,"items":[
              {"number":1,"title":"mine","repository_url":"https://api.github.com/repos/octo/hello"},
              {"number":2,"title":"theirs","repository_url":"https://api.github.com/repos/octo/secret"}]}
            """
        );
        var found = await github.ReadAsync("search_issues", new { query = "x" });
        Assert.Equal("mine", Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("title").GetString());
        Assert.Equal(1, found.GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task A_node_id_of_another_repository_does_not_get_around_the_list()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        github.OnGraphQl("""{"data":{"node":{"is_resolved":false,"repository":{"full_name":"octo/secret"}}}}""");
        var said = await github.FailAsync(
            "pull_request_review_write",
            new
            {
                method = "resolve_thread",
                owner = "octo",
                repo = "hello",
                pullNumber = 1,
                threadId = "PRRT_1",
            }
        );
        Assert.Contains("is not a review thread of octo/hello", said, StringComparison.Ordinal);
        Assert.DoesNotContain(github.Upstream.Received, request => request.Text.Contains("mutation", StringComparison.Ordinal));
    }

    /// <summary>Every tool that names a repository, whoever adds it, is held to the list before GitHub hears of it.</summary>
    [Fact]
    public async Task No_tool_forgets_the_list()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "nobody/nothing"));
        var tools = await github.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var refused = 0;
        foreach (var tool in tools.Where(tool => !tool.Name.StartsWith("search_", StringComparison.Ordinal)))
        {
            var arguments = Arguments(tool.JsonSchema);
            if (arguments.ContainsKey("owner") && arguments.ContainsKey("repo"))
            {
                var result = await github.CallAsync(tool.Name, arguments);
                Assert.True(result.IsError == true, $"{tool.Name}: {result.TextOf()}");
                // A few refuse the made-up arguments before that.
                refused += result.TextOf().Contains("may not touch x/x", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.InRange(refused, 60, 80);
        Assert.Empty(github.Requests);
    }

    private static Dictionary<string, object?> Arguments(JsonElement schema)
    {
        var arguments = new Dictionary<string, object?>();
        foreach (var parameter in schema.GetProperty("properties").EnumerateObject())
        {
            arguments[parameter.Name] = Example(parameter.Value);
        }

        return arguments;
    }

    private static object? Example(JsonElement schema) =>
        schema.TryGetProperty("enum", out var values)
            ? values[0].GetString()
            : (schema.TryGetProperty("type", out var type) ? type.GetString() : "string") switch
            {
                "integer" or "number" => 1,
                "boolean" => false,
                "array" => new[] { Example(schema.GetProperty("items")) },
                "object" => schema.TryGetProperty("properties", out var properties)
                    ? properties.EnumerateObject().ToDictionary(p => p.Name, p => Example(p.Value))
                    : new Dictionary<string, object?>(),
                _ => "x",
            };
}
