using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

public sealed class ResourceSpecs
{
    [Fact]
    public async Task The_five_templates_of_the_official_server_are_listed()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var templates = await github.Client.ListResourceTemplatesAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "repo://{owner}/{repo}/contents{/path*}",
                "repo://{owner}/{repo}/refs/heads/{branch}/contents{/path*}",
                "repo://{owner}/{repo}/refs/pull/{prNumber}/head/contents{/path*}",
                "repo://{owner}/{repo}/refs/tags/{tag}/contents{/path*}",
                "repo://{owner}/{repo}/sha/{sha}/contents{/path*}",
            ],
            templates.Select(template => template.UriTemplate).Order(StringComparer.Ordinal)
        );
        Assert.NotNull(github.Client.ServerCapabilities.Completions);
    }

    [Theory]
    [InlineData("repo://o/r/contents/src/a%20b.cs", "src/a%20b.cs")]
    [InlineData("repo://o/r/refs/heads/main/contents/src/a.cs", "src/a.cs?ref=refs%2Fheads%2Fmain")]
    [InlineData("repo://o/r/refs/heads/feature%2Fx/contents/a", "a?ref=refs%2Fheads%2Ffeature%2Fx")]
    [InlineData("repo://o/r/sha/abc123/contents/deep/er/a.cs", "deep/er/a.cs?ref=abc123")]
    [InlineData("repo://o/r/refs/tags/v1.0/contents/contents/a", "contents/a?ref=refs%2Ftags%2Fv1.0")]
    [InlineData("repo://o/r/refs/pull/7/head/contents/a", "a?ref=refs%2Fpull%2F7%2Fhead")]
    [InlineData("repo://o/r/contents/wh%C3%A4t%3F%23%26.txt", "wh%C3%A4t%3F%23%26.txt")]
    public async Task A_URI_leads_to_its_file(string uri, string target)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On($"GET /repos/o/r/contents/{target}", File("a.cs", "hello"u8));
        var text = Assert.IsType<TextResourceContents>(Assert.Single((await ReadAsync(github, uri)).Contents));
        Assert.Equal((uri, "hello", "text/plain"), (text.Uri, text.Text, text.MimeType));
    }

    [Theory]
    [InlineData("README.md", "text/markdown")]
    [InlineData("index.html", "text/html")]
    [InlineData("a.json", "application/json")]
    [InlineData("a.ts", "text/plain")]
    [InlineData("Makefile", "text/plain")]
    public async Task Text_has_the_type_of_its_extension(string name, string type)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On($"GET /repos/o/r/contents/{name}", File(name, "x"u8));
        Assert.Equal(type, Assert.Single((await ReadAsync(github, $"repo://o/r/contents/{name}")).Contents).MimeType);
    }

    [Fact]
    public async Task Anything_but_text_is_a_blob()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/a.png", File("a.png", [0x89, 0x50, 0, 1]));
        var blob = Assert.IsType<BlobResourceContents>(Assert.Single((await ReadAsync(github, "repo://o/r/contents/a.png")).Contents));
        Assert.Equal("image/png", blob.MimeType);
        Assert.Equal([0x89, 0x50, 0, 1], blob.DecodedData.ToArray());
    }

    [Theory]
    [InlineData(
        """{"type":"dir","name":"src","path":"src","sha":"d","entries":[{"type":"file","name":"a.cs","path":"src/a.cs","sha":"1"},{"type":"dir","name":"x","path":"src/x","sha":"2"}]}""",
        "folders are not resources: read one of its files. It contains: a.cs, x/."
    )]
    [InlineData(
        """{"type":"submodule","name":"src","path":"src","sha":"def","submodule_git_url":"https://github.com/x/lib"}""",
        "submodule of https://github.com/x/lib"
    )]
    [InlineData("""{"type":"file","name":"src","path":"src","sha":"def","size":5000001,"encoding":"none","content":""}""", "startLine")]
    public async Task What_is_no_file_of_a_fit_size_says_what_to_do_instead(string entry, string expected)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/src", entry);
        var failure = await Assert.ThrowsAsync<McpProtocolException>(() => ReadAsync(github, "repo://o/r/contents/src/"));
        Assert.Equal(McpErrorCode.InvalidParams, failure.ErrorCode);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task A_missing_file_is_not_found_by_its_URI()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/nope", """{"message":"Not Found"}""", 404);
        using var response = await github.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"repo://o/r/contents/nope"}}""",
            StubbedGitHub.Bearer
        );
        var error = JsonDocument
            .Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .RootElement.GetProperty("error");
        Assert.Equal(-32002, error.GetProperty("code").GetInt32());
        Assert.Equal("repo://o/r/contents/nope", error.GetProperty("data").GetProperty("uri").GetString());
    }

    [Theory]
    [InlineData("repo://o/r/contents/..%2F..%2F..%2Fuser")]
    [InlineData("repo://o/r/contents/../../../user")]
    [InlineData("repo://o/r/contents/a/%2e%2e/%2e%2e/b")]
    [InlineData("repo://%2e%2e/r/contents/a")]
    [InlineData("repo://o/..%2Fx/contents/a")]
    [InlineData("repo://o/r/refs/pull/1%2Fhead%3Fx/head/contents/a")]
    [InlineData("repo://o/contents/a")]
    [InlineData("repo://o/r/contentsx/a")]
    [InlineData("file:///etc/passwd")]
    public async Task A_URI_that_climbs_or_fits_no_template_never_reaches_GitHub(string uri)
    {
        await using var github = await StubbedGitHub.StartAsync();
        await Assert.ThrowsAsync<McpProtocolException>(() => ReadAsync(github, uri));
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task The_operators_list_of_repositories_holds_for_resources_and_completions()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "me/*, octo/hello"));
        github.On("GET /user", """{"login":"me","id":1}""").On("GET /user/orgs", """[{"login":"Octo","id":2},{"login":"other","id":3}]""");
        var failure = await Assert.ThrowsAsync<McpProtocolException>(() => ReadAsync(github, "repo://octo/secret/contents/a"));
        Assert.Contains("may not touch octo/secret", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<McpProtocolException>(() => CompleteAsync(github, "branch", "", ("owner", "octo"), ("repo", "secret")));
        Assert.Empty(github.Requests);
        Assert.Equal(["me", "Octo"], (await CompleteAsync(github, "owner", "")).Values);
    }

    [Theory]
    [InlineData("/mcp", "", "", true)]
    [InlineData("/mcp/readonly", "", "", true)]
    [InlineData("/mcp/x/repos", "", "", true)]
    [InlineData("/mcp/x/issues", "", "", false)]
    [InlineData("/mcp", "X-MCP-Toolsets", "issues,gists", false)]
    [InlineData("/mcp", "X-MCP-Exclude-Tools", "get_file_contents", false)]
    public async Task Only_a_request_that_may_read_files_has_resources(string path, string header, string value, bool expected)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_TOOLSETS", null));
        using var response = await github.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"resources/templates/list","params":{}}""",
            StubbedGitHub.Bearer,
            request =>
            {
                request.RequestUri = new Uri(path, UriKind.Relative);
                if (header.Length > 0)
                {
                    request.Headers.Add(header, value);
                }
            }
        );
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(
            expected ? 5 : 0,
            answer.TryGetProperty("result", out var result) ? result.GetProperty("resourceTemplates").GetArrayLength() : 0
        );
    }

    [Fact]
    public async Task Owners_are_the_tokens_own_before_strangers()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /user", """{"login":"octocat","id":1}""")
            .On("GET /user/orgs", """[{"login":"Octo-org","id":2},{"login":"acme","id":3}]""")
            .On(
                "GET /search/users",
                """{"total_count":2,"incomplete_results":false,"items":[{"login":"octopus","id":4},{"login":"the-oct","id":5}]}"""
            );
        Assert.Equal(["octocat", "Octo-org", "octopus"], (await CompleteAsync(github, "owner", "oct")).Values);
        Assert.Equal(["octocat", "Octo-org", "acme"], (await CompleteAsync(github, "owner", "")).Values);
    }

    [Theory]
    [InlineData(
        "repo",
        "he",
        "GET /search/repositories",
        """{"total_count":2,"incomplete_results":false,"items":[{"id":1,"name":"Hello","full_name":"o/Hello"},{"id":2,"name":"the","full_name":"o/the"}]}""",
        "Hello"
    )]
    [InlineData(
        "branch",
        "feature/",
        "GET /repos/o/r/git/matching-refs/heads/feature",
        """[{"ref":"refs/heads/feature/x","object":{"sha":"1"}},{"ref":"refs/heads/features","object":{"sha":"2"}}]""",
        "feature/x"
    )]
    [InlineData("branch", "", "GET /repos/o/r/git/matching-refs/heads", """[{"ref":"refs/heads/main","object":{"sha":"1"}}]""", "main")]
    [InlineData("tag", "v1", "GET /repos/o/r/git/matching-refs/tags/v1", """[{"ref":"refs/tags/v1.0","object":{"sha":"1"}}]""", "v1.0")]
    [InlineData("sha", "ab", "GET /repos/o/r/commits", """[{"sha":"abc"},{"sha":"bcd"}]""", "abc")]
    [InlineData("prNumber", "1", "GET /repos/o/r/pulls", """[{"number":12,"title":"t"},{"number":21,"title":"t"}]""", "12")]
    [InlineData(
        "path",
        "src/a",
        "GET /repos/o/r/contents/src",
        """{"type":"dir","name":"src","path":"src","sha":"d","entries":[{"type":"file","name":"a.cs","path":"src/a.cs","sha":"1"},{"type":"dir","name":"app","path":"src/app","sha":"2"},{"type":"file","name":"b.cs","path":"src/b.cs","sha":"3"}]}""",
        "src/app/,src/a.cs"
    )]
    [InlineData(
        "path",
        "",
        "GET /repos/o/r/contents",
        """{"type":"dir","name":"","path":"","sha":"d","entries":[{"type":"dir","name":"src","path":"src","sha":"2"}]}""",
        "src/"
    )]
    [InlineData("path", "nope/x", "GET /repos/o/r/contents/nope", "", "")]
    public async Task Each_variable_is_completed_from_what_is_typed(
        string variable,
        string typed,
        string request,
        string answer,
        string expected
    )
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(request, answer.Length == 0 ? """{"message":"Not Found"}""" : answer, answer.Length == 0 ? 404 : 200);
        Assert.Equal(expected, string.Join(',', (await CompleteAsync(github, variable, typed, ("owner", "o"), ("repo", "r"))).Values));
    }

    [Fact]
    public async Task Paths_are_those_of_the_version_chosen()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/contents?ref=refs%2Ftags%2Fv1",
            """{"type":"dir","name":"","path":"","sha":"d","entries":[{"type":"file","name":"old","path":"old","sha":"2"}]}"""
        );
        Assert.Equal(["old"], (await CompleteAsync(github, "path", "", ("owner", "o"), ("repo", "r"), ("tag", "v1"))).Values);
    }

    [Fact]
    public async Task No_more_than_a_hundred_values_come_at_once()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/git/matching-refs/tags",
            $"[{string.Join(',', Enumerable.Range(0, 250).Select(i => $$$"""{"ref":"refs/tags/v{{{i}}}","object":{"sha":"1"}}"""))}]"
        );
        var completion = await CompleteAsync(github, "tag", "", ("owner", "o"), ("repo", "r"));
        Assert.Equal((100, 250, true), (completion.Values.Count, completion.Total, completion.HasMore));
    }

    [Theory]
    [InlineData("branch", "", "depend on 'owner'")]
    [InlineData("path", "owner", "depend on 'repo'")]
    [InlineData("colour", "", "'colour' is not one of owner")]
    public async Task A_completion_that_cannot_be_made_says_why(string variable, string given, string expected)
    {
        await using var github = await StubbedGitHub.StartAsync();
        var failure = await Assert.ThrowsAsync<McpProtocolException>(() =>
            CompleteAsync(github, variable, "", given.Length == 0 ? [] : [(given, "o")])
        );
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(McpErrorCode.InvalidParams, failure.ErrorCode);
    }

    private static Task<ReadResourceResult> ReadAsync(StubbedGitHub github, string uri) =>
        github.Client.ReadResourceAsync(uri, cancellationToken: TestContext.Current.CancellationToken).AsTask();

    private static async Task<Completion> CompleteAsync(
        StubbedGitHub github,
        string variable,
        string typed,
        params (string Name, string Value)[] context
    ) =>
        (
            await github.Client.CompleteAsync(
                new CompleteRequestParams
                {
                    Ref = new ResourceTemplateReference { Uri = "repo://{owner}/{repo}/contents{/path*}" },
                    Argument = new() { Name = variable, Value = typed },
                    Context = new() { Arguments = context.ToDictionary(pair => pair.Name, pair => pair.Value) },
                },
                TestContext.Current.CancellationToken
            )
        ).Completion;

    private static string File(string name, ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Serialize(
            new
            {
                type = "file",
                name,
                path = name,
                sha = "abc",
                size = bytes.Length,
                encoding = "base64",
                content = Convert.ToBase64String(bytes),
            }
        );
}
