using System.Text.Json;

namespace GitHub.Specs;

/// <summary>Lists say what they hold, where they go on, and what is missing.</summary>
public sealed class ListTruthSpecs
{
    [Theory]
    [InlineData("list_issues", """{"owner":"o","repo":"r","page":2}""")]
    [InlineData("list_discussions", """{"owner":"o","repo":"r","page":"2"}""")]
    [InlineData("get_discussion_comments", """{"owner":"o","repo":"r","discussionNumber":1,"page":3}""")]
    [InlineData("list_dependabot_alerts", """{"owner":"o","repo":"r","page":2}""")]
    [InlineData("projects_list", """{"method":"list_projects","owner":"o","page":2}""")]
    public async Task A_page_is_refused_where_a_list_goes_on_with_a_cursor(string tool, string arguments)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(
            "give after=nextCursor",
            await github.FailAsync(tool, JsonDocument.Parse(arguments).RootElement),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task The_first_page_is_what_a_list_begins_with_anyway()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/dependabot/alerts", "[]");
        await github.ReadAsync(
            "list_dependabot_alerts",
            new
            {
                owner = "o",
                repo = "r",
                page = 1,
            }
        );
    }

    [Theory]
    [InlineData("list_global_security_advisories", """{"after":"c2"}""", "GET /advisories?type=reviewed&after=c2")]
    [InlineData(
        "list_repository_security_advisories",
        """{"owner":"o","repo":"r","after":"c2"}""",
        "GET /repos/o/r/security-advisories?after=c2"
    )]
    [InlineData("list_org_repository_security_advisories", """{"org":"o","after":"c2"}""", "GET /orgs/o/security-advisories?after=c2")]
    public async Task Advisories_go_on_with_their_cursor(string tool, string arguments, string request)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(request.Split('?')[0], "[]", 200, ("Link", "<https://api.github.com/x?after=c3>; rel=\"next\""));
        var answer = await github.ReadAsync(tool, JsonDocument.Parse(arguments).RootElement);
        Assert.Equal(request, Assert.Single(github.Requests));
        Assert.Equal("c3", answer.GetProperty("nextCursor").GetString());
    }

    [Fact]
    public async Task What_the_token_may_not_see_of_one_item_takes_no_other_with_it_and_is_told()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(
            """{"data":{"repository":{"issues":{"nodes":[{"number":1,"title":"a"},null]}}},"errors":[{"type":"FORBIDDEN","message":"Resource not accessible","path":["repository","issues","nodes",1]}]}"""
        );
        var result = await github.CallAsync("list_issues", new { owner = "o", repo = "r" });
        Assert.Contains("\"number\":1", result.TextOf(), StringComparison.Ordinal);
        Assert.True(result.TextOf().Contains("1 item of the API's response could not be read", StringComparison.Ordinal), result.TextOf());
    }

    [Fact]
    public async Task A_refusal_of_the_whole_is_no_empty_answer()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(
            """{"data":{"repository":{"issues":null}},"errors":[{"type":"FORBIDDEN","message":"Resource not accessible","path":["repository","issues"]}]}"""
        );
        Assert.Contains(
            "Resource not accessible",
            await github.FailAsync("list_issues", new { owner = "o", repo = "r" }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "get_file_contents",
        """{"path":""}""",
        "GET /repos/o/r/contents",
        """{"type":"dir","name":"","path":"","sha":"1","entries":[{"type":"file","name":"aX.txt","path":"aX.txt","sha":"2"}]}"""
    )]
    [InlineData(
        "get_repository_tree",
        "{}",
        "GET /repos/o/r/git/trees/HEAD",
        """{"sha":"1","tree":[{"path":"aX.txt","mode":"100644","type":"blob","sha":"2"}]}"""
    )]
    [InlineData("get_commit", """{"sha":"main"}""", "GET /repos/o/r/commits/main", """{"sha":"1","files":[{"filename":"aX.txt"}]}""")]
    [InlineData("list_releases", "{}", "GET /repos/o/r/releases", """[{"id":1,"tag_name":"aX.txt"}]""")]
    public async Task Names_hide_nothing(string tool, string arguments, string request, string answer)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(request, answer.Replace("X", "\u202e\U000E0041\u200b", StringComparison.Ordinal));
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["repo"]) = ("o", "r");
        Assert.Contains("\"a.txt\"", (await github.CallAsync(tool, given)).TextOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://github.com/o/r/blob/main/src/a.cs", "give owner='o', repo='r', path='src/a.cs' and the branch or tag 'main'")]
    [InlineData("https://example.org/a.cs", "is a link, not a path")]
    [InlineData("src/../a.cs", "climbs with dots")]
    public async Task A_path_that_is_none_is_explained(string path, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(
            said,
            await github.FailAsync(
                "get_file_contents",
                new
                {
                    owner = "o",
                    repo = "r",
                    path,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task Slashes_too_many_are_none()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/contents/src/a.txt",
            """{"type":"file","name":"a.txt","path":"src/a.txt","sha":"1","size":1,"encoding":"base64","content":"YQ=="}"""
        );
        await github.CallAsync(
            "get_file_contents",
            new
            {
                owner = "o",
                repo = "r",
                path = "./src//a.txt/",
            }
        );
        Assert.Equal("GET /repos/o/r/contents/src/a.txt", github.Requests[0]);
    }

    [Theory]
    [InlineData("get_commits", "commits", 50, 5, """{"sha":"a"}""", "GitHub lists the first 250 commits")]
    [InlineData("get_commits", "commits", 50, 4, """{"sha":"a"}""", null)]
    [InlineData("get_files", "files", 100, 30, """{"filename":"a"}""", "GitHub lists the first 3,000 files")]
    [InlineData("get_files", "files", 100, 29, """{"filename":"a"}""", null)]
    public async Task The_end_of_what_GitHub_lists_of_a_pull_request_is_not_taken_for_the_end_of_it(
        string method,
        string list,
        int perPage,
        int page,
        string item,
        string? said
    )
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On($"GET /repos/o/r/pulls/7/{list}", $"[{string.Join(',', Enumerable.Repeat(item, perPage))}]");
        var read = await github.ReadAsync(
            "pull_request_read",
            new
            {
                method,
                owner = "o",
                repo = "r",
                pullNumber = 7,
                page,
                perPage,
            }
        );
        Assert.False(read.GetProperty("hasMore").GetBoolean());
        Assert.Equal(said is not null, read.TryGetProperty("note", out var note));
        Assert.StartsWith(said ?? "", said is null ? "" : note.GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search_repositories", "repositories")]
    [InlineData("search_code", "code")]
    [InlineData("search_commits", "commits")]
    [InlineData("search_users", "users")]
    [InlineData("search_orgs", "users")]
    [InlineData("search_issues", "issues")]
    [InlineData("search_pull_requests", "issues")]
    public async Task An_order_that_GitHub_does_not_heed_is_told(string tool, string kind)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On($"GET /search/{kind}", """{"total_count":0,"incomplete_results":false,"items":[]}""");
        foreach (var (order, isTold) in new[] { ("asc", true), ("desc", false) })
        {
            var read = await github.ReadAsync(tool, new { query = "x", order });
            Assert.Equal(isTold, read.TryGetProperty("note", out var note));
            Assert.StartsWith(
                isTold ? "order='asc' counts only together with sort" : "",
                isTold ? note.GetString() : "",
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("bug,UI", "1 of these have only some of the labels")]
    [InlineData("bug", null)]
    public async Task Issues_with_some_of_the_labels_are_not_taken_for_issues_with_all(string labels, string? said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(
            """{"data":{"repository":{"issues":{"nodes":[{"number":1,"title":"a","labels":{"nodes":[{"name":"bug"},{"name":"ui"}]}},{"number":2,"title":"b","labels":{"nodes":[{"name":"bug"}]}}]}}}}"""
        );
        var read = await github.ReadAsync(
            "list_issues",
            new
            {
                owner = "o",
                repo = "r",
                labels = labels.Split(','),
            }
        );
        Assert.Equal(said is not null, read.TryGetProperty("note", out var note));
        Assert.StartsWith(said ?? "", said is null ? "" : note.GetString(), StringComparison.Ordinal);
        if (said is not null)
        {
            Assert.Contains("""'label:"bug" label:"UI"'""", note.GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("true", "false", "These are not all: of ann's organizations only the first 100 were looked at.")]
    [InlineData("false", "true", "These are not all: of ann's teams in octo only the first 100 were looked at.")]
    [InlineData("false", "false", null)]
    public async Task Teams_that_were_not_looked_at_are_told(string organizations, string teams, string? said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(
            """{"data":{"user":{"organizations":{"page_info":{"has_next_page":ORGS},"nodes":[{"login":"octo","teams":{"page_info":{"has_next_page":TEAMS},"nodes":[{"name":"Core","slug":"core"}]}}]}}}}"""
                .Replace("ORGS", organizations, StringComparison.Ordinal)
                .Replace("TEAMS", teams, StringComparison.Ordinal)
        );
        var read = await github.ReadAsync("get_teams", new { user = "ann" });
        Assert.Equal(said, read.TryGetProperty("note", out var note) ? note.GetString() : null);
    }
}
