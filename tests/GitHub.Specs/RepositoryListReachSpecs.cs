using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

/// <summary>The ways from an allowed repository into another one.</summary>
public sealed class RepositoryListReachSpecs
{
    private const string Secret =
        """{"number":9,"title":"Our acquisition","body":"text","id":900,"repository_url":"https://api.github.com/repos/octo/secret","html_url":"https://github.com/octo/secret/issues/9"}""";
    private const string Own = """{"number":2,"title":"Ours","id":200,"repository_url":"https://api.github.com/repos/octo/hello"}""";

    [Fact]
    public async Task A_repository_that_was_transferred_out_of_the_list_is_neither_read_nor_written_under_its_old_name()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        github
            .On("GET /repos/octo/hello/branches", "", 301, ("Location", "/api/v3/repositories/77/branches"))
            .On("POST /repos/octo/hello/issues", "", 307, ("Location", "/api/v3/repositories/77/issues"))
            .On("GET /repositories/77", """{"full_name":"corp/hello"}""");
        Assert.Contains(
            "may not touch corp/hello",
            await github.FailAsync("list_branches", new { owner = "octo", repo = "hello" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "may not touch corp/hello",
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
        Assert.DoesNotContain(github.Requests, request => request.Contains("/repositories/77/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repository_that_was_renamed_within_the_list_is_still_found_under_its_old_name()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/*"));
        github
            .On("GET /repos/octo/hello/branches", "", 301, ("Location", "/api/v3/repositories/77/branches"))
            .On("GET /repositories/77", """{"full_name":"octo/hi"}""")
            .On("GET /repositories/77/branches", """[{"name":"main","commit":{"sha":"1"}}]""");
        Assert.Single(
            (await github.ReadAsync("list_branches", new { owner = "octo", repo = "hello" })).GetProperty("items").EnumerateArray()
        );
    }

    [Fact]
    public async Task GraphQL_does_not_follow_renames_where_repositories_are_listed()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_WRITABLE_REPOS", "octo/hello"));
        github.OnGraphQl("""{"data":{"repository":{"labels":{"nodes":[]}}}}""");
        await github.ReadAsync("list_label", new { owner = "octo", repo = "hello" });
        Assert.Contains(
            "repository(followRenames: false, owner: $owner",
            github.LastBody.GetProperty("query").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("search_code", "password repo:octo/secret")]
    [InlineData("search_issues", "password REPO:\"octo/secret\"")]
    [InlineData("search_repositories", "user:octo")]
    [InlineData("search_commits", "fix org:corp")]
    public async Task A_search_that_names_another_repository_is_refused_before_it_is_made(string tool, string query)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        Assert.Contains("may not touch", await github.FailAsync(tool, new { query }), StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData("search_code", "octo/hello", "password", "password repo:octo/hello")]
    [InlineData("search_code", "octo/hello, me/*", "password", "password repo:octo/hello user:me")]
    [InlineData("search_issues", "octo/hello, me/*", "crash OR hang", "(is:issue crash OR hang) (repo:octo/hello OR user:me)")]
    [InlineData("search_issues", "octo/hello, me/*", "crash repo:me/x", "is:issue crash repo:me/x repo:me/x")]
    public async Task A_search_of_no_repository_is_made_in_the_listed_ones(string tool, string allowed, string query, string asked)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", allowed));
        github.On($"GET /search/{tool["search_".Length..]}", """{"total_count":0,"incomplete_results":false,"items":[]}""");
        await github.ReadAsync(tool, new { query });
        Assert.Contains(
            $"q={Uri.EscapeDataString(asked)}",
            Uri.EscapeDataString(Uri.UnescapeDataString(Assert.Single(github.Requests))).Replace("q%3D", "q=", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task How_many_hits_are_elsewhere_is_not_told_by_a_next_page_either()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        github.On(
            "GET /search/issues",
            $$"""{"total_count":40,"incomplete_results":false,"items":[{{Secret}}]}""",
            200,
            ("Link", "<https://api.github.com/search/issues?page=2>; rel=\"next\"")
        );
        var found = await github.ReadAsync("search_issues", new { query = "acquisition", perPage = 1 });
        Assert.False(found.GetProperty("hasMore").GetBoolean());
        Assert.Equal(0, found.GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task Issues_of_other_repositories_do_not_come_in_as_sub_issues_or_parents()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        github
            .On("GET /repos/octo/hello/issues/1/sub_issues", $"[{Own},{Secret}]")
            .On("GET /repos/octo/hello/issues/1", """{"number":1,"title":"t"}""")
            .OnGraphQl(
                """
                {"data":{"repository":{"issue":{"parent":{"number":9,"title":"Our acquisition","repository":{"full_name":"octo/secret"}},
                "closed_by_pull_requests":{"total_count":1,"nodes":[{"number":3,"title":"Our acquisition","url":"https://github.com/octo/secret/pull/3"}]}}}}}
                """
            );
        var sub = await github.ReadAsync(
            "issue_read",
            new
            {
                method = "get_sub_issues",
                owner = "octo",
                repo = "hello",
                issue_number = 1,
            }
        );
        Assert.Equal("Ours", Assert.Single(sub.GetProperty("items").EnumerateArray()).GetProperty("title").GetString());
        foreach (var method in new[] { "get", "get_parent" })
        {
            Assert.DoesNotContain(
                "acquisition",
                (
                    await github.ReadAsync(
                        "issue_read",
                        new
                        {
                            method,
                            owner = "octo",
                            repo = "hello",
                            issue_number = 1,
                        }
                    )
                ).GetRawText(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task An_issue_that_was_transferred_away_is_not_read_where_it_was()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        github.On("GET /repos/octo/hello/issues/9", Secret).OnGraphQl("""{"data":{"repository":null}}""");
        Assert.Contains(
            "other repositories",
            await github.FailAsync(
                "issue_read",
                new
                {
                    method = "get",
                    owner = "octo",
                    repo = "hello",
                    issue_number = 9,
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("main", "evil:main")]
    [InlineData("octo:secret:main", "main")]
    public async Task A_comparison_does_not_reach_into_forks(string from, string head)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        Assert.Contains(
            "may not touch",
            await github.FailAsync(
                "compare_commits",
                new
                {
                    owner = "octo",
                    repo = "hello",
                    @base = from,
                    head,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task A_comments_id_does_not_tell_the_name_of_a_repository()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        github.OnGraphQl("""{"data":{"node":{"discussion":{"id":"D","number":1,"repository":{"full_name":"octo/secret"}}}}}""");
        Assert.DoesNotContain(
            "secret",
            await github.FailAsync(
                "discussion_comment_write",
                new
                {
                    method = "delete",
                    owner = "octo",
                    repo = "hello",
                    commentNodeID = "DC_1",
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Completions_name_listed_repositories_only()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello, octo/world"));
        var completed = await github.Client.CompleteAsync(
            new CompleteRequestParams
            {
                Ref = new ResourceTemplateReference { Uri = "repo://{owner}/{repo}/contents{/path*}" },
                Argument = new() { Name = "repo", Value = "h" },
                Context = new() { Arguments = new Dictionary<string, string> { ["owner"] = "Octo" } },
            },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["hello"], completed.Completion.Values);
        Assert.Empty(github.Requests);
    }
}
