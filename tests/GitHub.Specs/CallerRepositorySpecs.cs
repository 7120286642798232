using McpGateway.Secrets;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

/// <summary>The right repos=: one gateway, callers who may touch different repositories.</summary>
public sealed class CallerRepositorySpecs
{
    private const string Narrow = "narrow-bearer-0123456789-0123456789";

    [Fact]
    public async Task A_caller_reaches_the_repositories_its_rights_name_and_others_reach_theirs()
    {
        await using var github = await StartAsync("read;repos=Octo/Hello");
        github
            .On("GET /repos/octo/hello/branches", "[]")
            .On(
                "GET /repos/octo/secret/branches",
                """[{"name":"hidden","commit":{"sha":"1"},"protected":false}]""",
                200,
                ("ETag", "\"1\"")
            );
        await using var narrow = await github.Gateway.ConnectAsync(Narrow, cancellationToken: TestContext.Current.CancellationToken);
        // Whatever is kept of one caller's is not given to another.
        Assert.Equal("hidden", (await github.ReadAsync("list_branches", Secret)).GetProperty("items")[0].GetProperty("name").GetString());
        var refused = await CallAsync(narrow, "list_branches", "octo", "secret");
        Assert.True(refused.IsError);
        Assert.Equal("This gateway may not touch octo/secret: the rights of 'n8n' allow Octo/Hello (repos=).", refused.TextOf());
        Assert.NotEqual(true, (await CallAsync(narrow, "list_branches", "octo", "hello")).IsError);
        Assert.Equal(2, github.Requests.Count);
    }

    [Fact]
    public async Task Several_lists_hold_together_and_those_without_a_common_repository_open_none()
    {
        await using var github = await StartAsync(
            "profile=octos;repos=octo/two victim/secret",
            ("GITHUB_ALLOWED_REPOS", "octo/two,other/*,victim/*")
        );
        github.On("GET /repos/octo/two/branches", "[]");
        await using var narrow = await github.Gateway.ConnectAsync(Narrow, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(true, (await CallAsync(narrow, "list_branches", "octo", "two")).IsError);
        foreach (var (owner, repo) in new[] { ("octo", "hello"), ("victim", "secret"), ("other", "x") })
        {
            Assert.Contains(
                "the rights of 'n8n' allow octo/two (repos=)",
                (await CallAsync(narrow, "list_branches", owner, repo)).TextOf(),
                StringComparison.Ordinal
            );
        }

        await using var closed = await StartAsync("repos=octo/hello;repos=octo/two");
        await using var nobody = await closed.Gateway.ConnectAsync(Narrow, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var tool in new[] { "list_branches", "list_issues" })
        {
            Assert.Contains("allow none (repos=)", (await CallAsync(nobody, tool, "octo", "hello")).TextOf(), StringComparison.Ordinal);
        }

        var search = await nobody.CallToolAsync(
            "search_issues",
            new Dictionary<string, object?> { ["query"] = "password" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Contains("may not search", search.TextOf(), StringComparison.Ordinal);
        Assert.Empty(closed.Requests);
    }

    [Fact]
    public async Task A_search_runs_in_the_callers_repositories_only()
    {
        await using var github = await StartAsync("repos=octo/hello");
        github.On("GET /search/issues", """{"total_count":0,"incomplete_results":false,"items":[]}""");
        await using var narrow = await github.Gateway.ConnectAsync(Narrow, cancellationToken: TestContext.Current.CancellationToken);
        await narrow.CallToolAsync(
            "search_issues",
            new Dictionary<string, object?> { ["query"] = "password" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        await github.ReadAsync("search_issues", new { query = "password" });
        Assert.Contains("repo%3Aocto%2Fhello", github.Requests[0], StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("repo%3Aocto", github.Requests[1], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("repos=octo", "has 'octo' in repos=, which is not a repository (owner/name, or owner/*")]
    [InlineData("repos=octo/hello,octo/two", "that is not name=token")]
    [InlineData("repos=*/*", "has '*/*' in repos=")]
    [InlineData("repos=octo/hel*", "has 'octo/hel*' in repos=")]
    [InlineData("repos=", "'repos=' lacks its value")]
    [InlineData("namespaces=work", "has namespaces=, which github-mcp does not have")]
    public async Task A_list_that_would_open_nothing_stops_the_start(string rights, string said)
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => StartAsync(rights));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    private static readonly object Secret = new { owner = "octo", repo = "secret" };

    private static Task<StubbedGitHub> StartAsync(string rights, params (string Name, string? Value)[] settings) =>
        StubbedGitHub.StartAsync([("MCP_BEARER_TOKENS", $"n8n={Narrow};{rights}"), ("PROFILES", "octos: repos=octo/*"), .. settings]);

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, string owner, string repo) =>
        await client.CallToolAsync(
            tool,
            new Dictionary<string, object?> { ["owner"] = owner, ["repo"] = repo },
            cancellationToken: TestContext.Current.CancellationToken
        );
}
