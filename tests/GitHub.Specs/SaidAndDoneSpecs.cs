using System.Text.Json;
using System.Text.Json.Nodes;

namespace GitHub.Specs;

/// <summary>What a caller says is done as it is meant, or refused: nothing of it is dropped without a word.</summary>
public sealed class SaidAndDoneSpecs
{
    [Theory]
    [InlineData("list_commits", """{"path":"/src/"}""", "GET /repos/o/r/commits?path=src")]
    [InlineData("list_commits", """{"path":"./src/a.cs"}""", "GET /repos/o/r/commits?path=src%2Fa.cs")]
    [InlineData("list_commits", """{"author":"Ann Lee <ann@example.com>"}""", "GET /repos/o/r/commits?author=ann%40example.com")]
    public async Task What_GitHub_would_find_nothing_of_is_asked_as_it_is_meant(string tool, string arguments, string asked)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/commits", "[]");
        await github.CallAsync(tool, JsonNode.Parse($$"""{"owner":"o","repo":"r",{{arguments[1..]}}"""));
        Assert.Equal(asked, Assert.Single(github.Requests));
    }

    [Theory]
    [InlineData(
        "list_commits",
        """{"path":"https://github.com/o/r/blob/main/src/a.cs"}""",
        "is a link, not a path: give owner='o', repo='r', path='src/a.cs'"
    )]
    [InlineData("list_issues", """{"assignee":"none"}""", "assignee='none' is a login here: search_issues with 'no:assignee'")]
    [InlineData("pull_request_read", """{"method":"get_diff","pullNumber":1,"path":"../a"}""", "climbs with dots")]
    public async Task What_would_find_nothing_is_refused(string tool, string arguments, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(said, await github.FailAsync(tool, In(arguments)), StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task A_tree_that_is_looked_at_at_its_top_alone_says_so()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/git/trees/HEAD",
            """{"sha":"1","tree":[{"path":"src","mode":"040000","type":"tree","sha":"2"}],"truncated":false}"""
        );
        Assert.Equal("Nothing at the top begins with path_filter: recursive=true looks into folders as well.", (
                await github.ReadAsync(
                    "get_repository_tree",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path_filter = "/src/app",
                    }
                )
            ).GetProperty("note").GetString());
    }

    [Theory]
    [InlineData("update_release", """{"release_id":1,"body":""}""", "give at least one of tag_name, name, body")]
    [InlineData("label_write", """{"method":"update","name":"bug","description":""}""", "give at least one of new_name, color")]
    [InlineData("milestone_write", """{"method":"update","milestone_number":1,"title":""}""", "give at least one of title")]
    [InlineData("update_pull_request", """{"pullNumber":1,"title":""}""", "give at least one of title")]
    [InlineData("issue_write", """{"method":"update","issue_number":1,"title":"","labels":null}""", "give at least one of title")]
    [InlineData("issue_write", """{"method":"create","title":"t","state":"closed"}""", "A new issue is open")]
    [InlineData("issue_write", """{"method":"create","title":"t","issue_number":7}""", "issue_number=7 is for method='update'")]
    [InlineData("issue_write", """{"method":"update","issue_number":7,"state":"closed","duplicate_of":7}""", "is the issue itself")]
    [InlineData("issue_write", """{"method":"update","issue_number":7,"milestone":0,"duplicate_of":0}""", "Nothing to change")]
    [InlineData("search_issues", """{"query":" ","owner":"","repo":""}""", "query is empty")]
    [InlineData("search_pull_requests", """{"query":"","owner":null,"repo":null}""", "query is empty")]
    [InlineData(
        "list_commits",
        """{"since":"2026-11-02","until":"2026-11-01"}""",
        "since=2026-11-02T00:00:00Z is after 2026-11-01T23:59:59Z"
    )]
    public async Task A_change_that_changes_nothing_is_refused(string tool, string arguments, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(said, await github.FailAsync(tool, In(arguments)), StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData(
        "update_release",
        """{"release_id":1,"clear":["body"]}""",
        "PATCH /repos/o/r/releases/1",
        """{"id":1,"tag_name":"v1"}""",
        """{"body":""}"""
    )]
    [InlineData(
        "label_write",
        """{"method":"update","name":"bug","clear":["description"]}""",
        "PATCH /repos/o/r/labels/bug",
        """{"name":"bug","color":"f29513"}""",
        """{"description":""}"""
    )]
    public async Task What_is_to_be_emptied_is(string tool, string arguments, string request, string answer, string sent)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(request, answer);
        await github.ReadAsync(tool, In(arguments));
        Assert.Equal(sent, github.Upstream.Received[0].Text);
    }

    [Fact]
    public async Task A_release_is_made_of_a_tag_and_branch_by_their_full_names()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/git/ref/tags/v1", """{"message":"Not Found"}""", 404)
            .On("POST /repos/o/r/releases", """{"id":1,"tag_name":"v1"}""", 201);
        await github.ReadAsync("create_release", In("""{"tag_name":"refs/tags/v1","target_commitish":"refs/heads/main"}"""));
        Assert.Equal("""{"tag_name":"v1","target_commitish":"main"}""", github.LastBody.GetRawText());
    }

    [Theory]
    [InlineData("star_repository", "{}", "PUT /user/starred/o/r")]
    [InlineData("unstar_repository", "{}", "DELETE /user/starred/o/r")]
    [InlineData("mark_all_notifications_read", "{}", "PUT /repos/o/r/notifications")]
    public async Task What_is_so_already_is_done(string tool, string arguments, string request)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(request, "", 304);
        await github.ReadAsync(tool, In(arguments));
        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task A_gist_is_found_by_its_link()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /gists/aa5a315d61ae9438b18d", """{"id":"aa5a315d61ae9438b18d","html_url":"u"}""");
        await github.ReadAsync("get_gist", new { gist_id = "https://gist.github.com/octocat/aa5a315d61ae9438b18d" });
    }

    [Fact]
    public async Task People_are_known_with_an_at_sign_and_as_me()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /user", """{"login":"octocat","id":1}""")
            .On("GET /repos/o/r/commits", "[]")
            .On("PATCH /repos/o/r/issues/1", """{"number":1,"title":"t"}""");
        await github.ReadAsync("list_commits", In("""{"author":"@me"}"""));
        Assert.Contains("author=octocat", github.Requests[^1], StringComparison.Ordinal);
        await github.ReadAsync("list_commits", In("""{"author":"@bob"}"""));
        Assert.Contains("author=bob", github.Requests[^1], StringComparison.Ordinal);
        await github.ReadAsync("issue_write", In("""{"method":"update","issue_number":1,"assignees":["@bob","@me","ann"]}"""));
        Assert.Equal("""{"assignees":["bob","octocat","ann"]}""", github.Upstream.Received[^1].Text);
    }

    [Theory]
    [InlineData("v2", "2")]
    [InlineData("2", "2")]
    [InlineData("*", "*")]
    public async Task Issues_of_a_milestone_are_found_by_its_number_and_title(string milestone, string sent)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/milestones/2", """{"number":2,"title":"V2"}""")
            .On("GET /repos/o/r/milestones", """[{"number":1,"title":"v1"},{"number":2,"title":"V2"}]""")
            .OnGraphQl("""{"data":{"repository":{"issues":{"nodes":[],"totalCount":0,"page_info":{"has_next_page":false}}}}}""");
        await github.ReadAsync(
            "list_issues",
            new
            {
                owner = "o",
                repo = "r",
                milestone,
            }
        );
        Assert.Equal(sent, github.LastBody.GetProperty("variables").GetProperty("filter").GetProperty("milestoneNumber").GetString());
    }

    [Fact]
    public async Task A_milestone_that_is_not_there_is_not_one_without_issues()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/milestones", "[]");
        Assert.Contains(
            "There is no milestone 'v9'",
            await github.FailAsync(
                "list_issues",
                new
                {
                    owner = "o",
                    repo = "r",
                    milestone = "v9",
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("search_issues")]
    [InlineData("search_pull_requests")]
    public async Task A_search_for_custom_fields_is_an_advanced_one(string tool)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_HOST", StubbedGitHub.GitHubCom));
        github.On("GET /search/issues", """{"total_count":0,"incomplete_results":false,"items":[]}""");
        foreach (var query in new[] { "repo:o/r field.priority:P1", "repo:o/r -field.priority:P1", "no:field.priority" })
        {
            await github.ReadAsync(tool, new { query });
            Assert.Contains("advanced_search=true", github.Requests[^1], StringComparison.Ordinal);
        }

        await github.ReadAsync(tool, new { query = "repo:o/r \"field.name: is null\" in field.value" });
        Assert.DoesNotContain("advanced_search", github.Requests[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"method":"list_workflow_runs","workflow_runs_filter":{"branch":"refs/heads/main","status":"failure"}}""")]
    [InlineData("""{"method":"list_workflow_runs","branch":"main","status":"failure"}""")]
    public async Task Runs_are_filtered_by_the_full_name_of_a_branch_and_by_arguments_of_their_own(string arguments)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/actions/runs", """{"total_count":0,"workflow_runs":[]}""");
        await github.ReadAsync("actions_list", In(arguments));
        Assert.Contains("branch=main", github.Requests[0], StringComparison.Ordinal);
        Assert.Contains("status=failure", github.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moments_are_written_as_GitHub_writes_them()
    {
        await using var github = await StubbedGitHub.StartAsync();
        const string Date = "2026-11-01T09:00:00+02:00";
        github.On(
            "GET /repos/o/r/commits",
            """[{"sha":"1","commit":{"message":"m","author":{"name":"a","date":"AT"}}}]""".Replace("AT", Date, StringComparison.Ordinal)
        );
        github.On("GET /repos/o/r/milestones", """[{"number":1,"title":"v1","due_on":"2026-11-01T09:00:00Z"}]""");
        var commit = (await github.ReadAsync("list_commits", In("{}"))).GetProperty("items")[0].GetProperty("commit");
        Assert.Equal(Date, commit.GetProperty("author").GetProperty("date").GetString());
        Assert.Contains(
            "\"2026-11-01T09:00:00Z\"",
            (await github.ReadAsync("list_milestones", In("{}"))).GetRawText(),
            StringComparison.Ordinal
        );
    }

    private static Dictionary<string, JsonElement> In(string arguments)
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)!;
        all.TryAdd("owner", JsonSerializer.SerializeToElement("o"));
        all.TryAdd("repo", JsonSerializer.SerializeToElement("r"));
        return all;
    }
}
