namespace GitHub.Specs;

/// <summary>The ways to change something of another repository from an allowed one.</summary>
public sealed class RepositoryListWriteSpecs
{
    private const string Secret =
        """{"number":9,"title":"Our acquisition","body":"text","id":900,"repository_url":"https://api.github.com/repos/octo/secret","html_url":"https://github.com/octo/secret/issues/9"}""";

    [Fact]
    public async Task Projects_show_and_take_items_of_listed_repositories_only()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "me/*"));
        github.On(
            "GET /users/me/projectsV2/1/items",
            $$$"""
            [{"id":1,"content_type":"Issue","content":{{{Secret}}},"fields":[{"id":5,"name":"Title","value":{"raw":"Our acquisition"}}]},{"id":2,"content_type":"DraftIssue","content":{"title":"Ours"}}]
            """
        );
        var items = await github.ReadAsync(
            "projects_list",
            new
            {
                method = "list_project_items",
                owner = "me",
                owner_type = "user",
                project_number = 1,
            }
        );
        Assert.Equal(2, Assert.Single(items.GetProperty("items").EnumerateArray()).GetProperty("id").GetInt32());
        var said = await github.FailAsync(
            "projects_write",
            new
            {
                method = "add_project_item",
                owner = "me",
                owner_type = "user",
                project_number = 1,
                item_type = "issue",
                item_owner = "octo",
                item_repo = "secret",
                issue_number = 9,
            }
        );
        Assert.Contains("may not touch octo/secret", said, StringComparison.Ordinal);
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_status_update_is_told_of_listed_owners_projects_only()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "me/*"));
        github.OnGraphQl("""{"data":{"node":{"id":"S","body":"Our acquisition","project":{"id":"P","owner":{"login":"corp"}}}}}""");
        Assert.Contains(
            "may not touch everything of corp",
            await github.FailAsync("projects_get", new { method = "get_project_status_update", status_update_id = "S" }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_fork_needs_leave_to_write_where_it_goes_to_and_only_to_read_where_it_comes_from()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_WRITABLE_REPOS", "team/*"));
        Assert.Contains(
            "give organization",
            await github.FailAsync("fork_repository", new { owner = "octo", repo = "hello" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "may not change everything of corp",
            await github.FailAsync(
                "fork_repository",
                new
                {
                    owner = "octo",
                    repo = "hello",
                    organization = "corp",
                }
            ),
            StringComparison.Ordinal
        );
        github.On("POST /repos/octo/hello/forks", """{"id":1,"name":"hello","full_name":"team/hello"}""", 202);
        await github.ReadAsync(
            "fork_repository",
            new
            {
                owner = "octo",
                repo = "hello",
                organization = "team",
            }
        );
        Assert.Single(github.Requests);
    }

    [Fact]
    public async Task A_sub_issue_by_its_id_is_taken_only_where_all_of_the_owners_repositories_may_be_changed()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_WRITABLE_REPOS", "octo/hello, me/*"));
        Assert.Contains(
            "may not add sub-issues",
            await github.FailAsync(
                "sub_issue_write",
                new
                {
                    method = "add",
                    owner = "octo",
                    repo = "hello",
                    issue_number = 1,
                    sub_issue_id = 900,
                }
            ),
            StringComparison.Ordinal
        );
        github.On("POST /repos/me/x/issues/1/sub_issues", """{"number":1,"title":"t"}""");
        await github.ReadAsync(
            "sub_issue_write",
            new
            {
                method = "add",
                owner = "me",
                repo = "x",
                issue_number = 1,
                sub_issue_id = 200,
            }
        );
    }

    [Fact]
    public async Task Notifications_of_other_repositories_are_not_changed()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello"));
        github
            .On("GET /notifications/threads/1", """{"id":"1","repository":{"full_name":"octo/secret"}}""")
            .On("GET /notifications/threads/2", """{"id":"2","repository":{"full_name":"octo/hello"}}""")
            .On("PATCH /notifications/threads/2", "", 205);
        Assert.Contains(
            "of other repositories",
            await github.FailAsync("dismiss_notification", new { threadID = "1", state = "read" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "give owner and repo",
            await github.FailAsync("mark_all_notifications_read", new { everything = true }),
            StringComparison.Ordinal
        );
        await github.ReadAsync("dismiss_notification", new { threadID = "2", state = "read" });
        Assert.DoesNotContain(github.Requests, request => request is "PATCH /notifications/threads/1" or "PUT /notifications");
    }
}
