using System.Text.Json;
using System.Text.Json.Nodes;

namespace GitHub.Specs;

/// <summary>What models send when they are a little off: it is understood, or refused in words that help, before GitHub hears of it.</summary>
public sealed class ArgumentSpecs
{
    [Theory]
    [InlineData(
        "list_branches",
        """{"owner":"octo","repo":"octo/hello"}""",
        "repo='octo/hello' is not one name: give owner='octo' and repo='hello'."
    )]
    [InlineData(
        "list_issues",
        """{"owner":"octo/hello","repo":"hello"}""",
        "owner='octo/hello' is not one name: give owner='octo' and repo='hello'."
    )]
    [InlineData(
        "get_commit",
        """{"owner":"octo","repo":"https://github.com/octo/hello.git","sha":"main"}""",
        "give owner='octo' and repo='hello'."
    )]
    [InlineData(
        "issue_read",
        """{"method":"get","owner":"octo","repo":"https://github.com/octo/hello/issues/7","issue_number":7}""",
        "give owner='octo' and repo='hello'."
    )]
    [InlineData("search_issues", """{"query":"crash","repo":"hello"}""", "repo='hello' needs its owner")]
    [InlineData(
        "list_issues",
        """{"owner":"octo","repo":"hello","perPage":500}""",
        "perPage: expected an integer from 1 to 100, received 500"
    )]
    [InlineData("list_commits", """{"owner":"octo","repo":"hello","page":-1}""", "page: expected an integer of at least 1, received -1")]
    [InlineData("issue_write", """{"method":"update","owner":"octo","repo":"hello","issue_number":5}""", "Nothing to change")]
    [InlineData(
        "issue_write",
        """{"method":"update","owner":"octo","repo":"hello","issue_number":5,"title":"","body":""}""",
        "Nothing to change"
    )]
    [InlineData(
        "issue_write",
        """{"method":"update","owner":"octo","repo":"hello","issue_number":5,"state_reason":"completed"}""",
        "state_reason counts only with it"
    )]
    [InlineData(
        "issue_write",
        """{"method":"update","owner":"octo","repo":"hello","issue_number":5,"duplicate_of":3}""",
        "give it with state='closed'"
    )]
    [InlineData(
        "issue_write",
        """{"method":"update","owner":"octo","repo":"hello","issue_number":5,"duplicate_of":3,"state":"open"}""",
        "give it with state='closed'"
    )]
    [InlineData(
        "push_files",
        """{"owner":"octo","repo":"hello","branch":"main","message":"m","files":[{"path":"a/../b","content":""}]}""",
        "'a/../b' is not a file path"
    )]
    [InlineData(
        "push_files",
        """{"owner":"octo","repo":"hello","branch":"main","message":"m","files":[{"path":"docs /a.md\u200b","content":""}]}""",
        "has a blank or an invisible character around 'docs': leave it out."
    )]
    [InlineData(
        "push_files",
        """{"owner":"octo","repo":"hello","branch":"main","message":"m","files":[{"path":"a","content":""},{"path":"/a","content":"x"}]}""",
        "'a' comes twice"
    )]
    [InlineData(
        "get_file_contents",
        """{"owner":"octo","repo":"hello","path":"a","startLine":10,"endLine":5}""",
        "endLine=5 is before the first line wanted (10)"
    )]
    [InlineData("list_notifications", """{"owner":"octo"}""", "owner='octo' needs repo")]
    [InlineData("mark_all_notifications_read", """{"owner":"octo"}""", "owner='octo' needs repo")]
    [InlineData("mark_all_notifications_read", """{"owner":"","repo":""}""", "Nothing was marked.")]
    [InlineData("mark_all_notifications_read", """{"owner":"octo","repo":"r","everything":true}""", "Nothing was marked.")]
    public async Task A_slip_is_named_with_its_remedy(string tool, string arguments, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(said, await github.FailAsync(tool, JsonDocument.Parse(arguments).RootElement), StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData(
        "list_commits",
        """{"owner":"octo","repo":"hello","author":"","sha":"","since":""}""",
        "GET /repos/octo/hello/commits",
        "[]"
    )]
    [InlineData(
        "list_commits",
        """{"owner":" @octo\u200b","repo":"hello ","author":"@ann","sha":" main\u00a0"}""",
        "GET /repos/octo/hello/commits?sha=main&author=ann",
        "[]"
    )]
    [InlineData(
        "list_pull_requests",
        """{"owner":"octo","repo":"hello","head":"fix"}""",
        "GET /repos/octo/hello/pulls?head=octo%3Afix",
        "[]"
    )]
    [InlineData(
        "list_pull_requests",
        """{"owner":"octo","repo":"hello","head":"ann:fix"}""",
        "GET /repos/octo/hello/pulls?head=ann%3Afix",
        "[]"
    )]
    [InlineData(
        "actions_get",
        """{"method":"get_workflow_run","owner":"octo","repo":"hello","resource_id":12}""",
        "GET /repos/octo/hello/actions/runs/12",
        """{"id":12}"""
    )]
    [InlineData(
        "actions_list",
        """{"method":"list_workflow_runs","owner":"octo","repo":"hello","resource_id":""}""",
        "GET /repos/octo/hello/actions/runs",
        """{"total_count":0,"workflow_runs":[]}"""
    )]
    [InlineData(
        "projects_list",
        """{"method":"list_project_items","owner":"octo","owner_type":"org","project_number":1,"fields":[11,"12"]}""",
        "GET /orgs/octo/projectsV2/1/items?fields=11%2C12&per_page=30",
        "[]"
    )]
    [InlineData(
        "get_release_by_tag",
        """{"owner":"octo","repo":"hello","tag":"refs/tags/v1"}""",
        "GET /repos/octo/hello/releases/tags/v1",
        """{"id":1,"tag_name":"v1"}"""
    )]
    [InlineData(
        "search_users",
        """{"query":"type:org microsoft"}""",
        "GET /search/users?q=type%3Aorg%20microsoft",
        """{"total_count":0,"incomplete_results":false,"items":[]}"""
    )]
    [InlineData(
        "search_pull_requests",
        """{"query":"crash","owner":"octo"}""",
        "GET /search/issues?q=is%3Apr%20user%3Aocto%20crash",
        """{"total_count":0,"incomplete_results":false,"items":[]}"""
    )]
    [InlineData(
        "get_file_contents",
        """{"owner":"octo","repo":"hello","path":".","ref":""}""",
        "GET /repos/octo/hello/contents",
        """{"type":"dir","name":"","path":"","sha":"1","entries":[]}"""
    )]
    public async Task What_is_meant_is_asked_of_GitHub(string tool, string arguments, string request, string answer)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(request.Split('?')[0], answer);
        await github.ReadAsync(tool, JsonDocument.Parse(arguments).RootElement);
        Assert.Equal(request, Assert.Single(github.Requests));
    }

    [Fact]
    public async Task An_edit_does_not_wipe_what_came_empty()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("PATCH /repos/octo/hello/issues/5", """{"number":5,"title":"t"}""");
        await github.ReadAsync(
            "issue_write",
            new
            {
                method = "update",
                owner = "octo",
                repo = "hello",
                issue_number = 5,
                state = "closed",
                title = "",
                body = "",
            }
        );
        Assert.Equal("""{"state":"closed"}""", github.LastBody.GetRawText());
    }

    [Fact]
    public async Task The_fields_of_a_project_are_no_members_of_its_items()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /orgs/octo/projectsV2/1/items",
            """[{"id":21,"content_type":"Issue","content":{"number":5,"title":"Bug"},"fields":[{"id":11,"name":"Status","value":{"name":"Done"}}]}]"""
        );
        var found = await github.ReadAsync(
            "projects_list",
            new
            {
                method = "list_project_items",
                owner = "octo",
                owner_type = "org",
                project_number = 1,
                fields = new[] { "11" },
            }
        );
        Assert.Equal("Done", found.GetProperty("items")[0].GetProperty("fields")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_branch_may_come_with_its_full_name()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/octo/hello/git/ref/heads/main", """{"ref":"refs/heads/main","object":{"sha":"1"}}""")
            .On("POST /repos/octo/hello/git/refs", """{"ref":"refs/heads/fix","object":{"sha":"1"}}""");
        await github.ReadAsync(
            "create_branch",
            new
            {
                owner = "octo",
                repo = "hello",
                branch = "refs/heads/fix",
                from_branch = "refs/heads/main",
            }
        );
        Assert.Equal("refs/heads/fix", github.LastBody.GetProperty("ref").GetString());
    }

    [Fact]
    public async Task A_branch_cannot_start_where_there_is_none_and_the_error_says_what_was_looked_for()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/octo/hello/git/ref/heads/0a1b2c", """{"message":"Not Found"}""", 404);
        Assert.Contains(
            "no branch '0a1b2c'",
            await github.FailAsync(
                "create_branch",
                new
                {
                    owner = "octo",
                    repo = "hello",
                    branch = "fix",
                    from_branch = "0a1b2c",
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_pending_review_is_found_though_others_came_after_it()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"viewer":{"login":"me"}}}""")
            .OnGraphQl(
                """{"data":{"repository":{"pull_request":{"id":"P","is_draft":false,"reviews":{"nodes":[{"id":"R","state":"PENDING"}]}}}}}"""
            )
            .OnGraphQl("""{"data":{"done":{"review":{"id":"R","state":"COMMENTED","url":"u"}}}}""");
        await github.ReadAsync(
            "pull_request_review_write",
            new
            {
                method = "submit_pending",
                owner = "octo",
                repo = "hello",
                pullNumber = 1,
                @event = "COMMENT",
            }
        );
        Assert.Contains("states: [PENDING]", github.Upstream.Received[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_repository_objects_are_cleaned_as_well()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /search/repositories",
            """{"total_count":1,"incomplete_results":false,"items":[{"id":1,"full_name":"octo/hello","stargazers_count":3,"description":"nice\u200b \u202ctool"}]}"""
        );
        var found = (await github.ReadAsync("search_repositories", new { query = "x", minimal_output = false })).GetProperty("items")[0];
        Assert.Equal("nice tool", found.GetProperty("description").GetString());
        Assert.Equal(3, found.GetProperty("stargazers_count").GetInt32());
    }

    [Fact]
    public async Task A_query_that_got_no_answer_is_not_taken_for_a_change()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.Upstream.On(
            "POST /api/graphql",
            context =>
            {
                context.Abort();
                return Task.CompletedTask;
            }
        );
        Assert.Contains(
            "Try again later",
            await github.FailAsync("list_label", new { owner = "octo", repo = "hello" }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\"2026-11-01\"", "2026-11-01T00:00:00Z")]
    [InlineData("\"2026/11/01\"", "2026-11-01T00:00:00Z")]
    [InlineData("\"2026-11-01 09:30\"", "2026-11-01T09:30:00Z")]
    [InlineData("\"2026-11-01T09:30:00+02:00\"", "2026-11-01T09:30:00+02:00")]
    [InlineData("1767225600", "2026-01-01T00:00:00Z")]
    [InlineData("\"1767225600000\"", "2026-01-01T00:00:00Z")]
    public async Task A_day_or_moment_is_taken_in_the_forms_people_write(string since, string sent)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/commits", "[]");
        await github.CallAsync("list_commits", JsonNode.Parse($$"""{"owner":"o","repo":"r","since":{{since}}}"""));
        Assert.Equal($"GET /repos/o/r/commits?since={Uri.EscapeDataString(sent)}", Assert.Single(github.Requests));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("11/01/2026")]
    [InlineData("2026")]
    [InlineData("09:30")]
    public async Task What_is_neither_day_nor_moment_is_refused_since_GitHub_may_leave_it_out_without_a_word(string since)
    {
        await using var github = await StubbedGitHub.StartAsync();
        Assert.Contains(
            $"since='{since}' is not a day or moment: write 2026-11-01 or 2026-11-01T09:30:00Z.",
            await github.FailAsync(
                "list_issues",
                new
                {
                    owner = "o",
                    repo = "r",
                    since,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task Whoever_is_assigned_is_so_without_the_at_sign()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("POST /repos/octo/hello/issues", """{"id":1,"number":2,"title":"t","html_url":"u"}""");
        await github.ReadAsync(
            "issue_write",
            JsonDocument.Parse("""{"method":"create","owner":"octo","repo":"hello","title":"t","assignees":["@ann","ben"]}""").RootElement
        );
        Assert.Equal("""["ann","ben"]""", github.LastBody.GetProperty("assignees").GetRawText());
    }

    [Fact]
    public async Task A_new_file_has_no_blank_that_nobody_sees_in_its_name()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/octo/hello/contents/a.md%20", "{}", 404);
        Assert.Contains(
            "path='a.md ' has a blank or an invisible character around 'a.md'",
            await github.FailAsync(
                "create_or_update_file",
                new
                {
                    owner = "octo",
                    repo = "hello",
                    path = "a.md ",
                    content = "x",
                    message = "m",
                    branch = "main",
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Single(github.Requests);
    }
}
