using System.Text.Json;

namespace GitHub.Specs;

/// <summary>What models send when they are a little off is understood.</summary>
public sealed class ArgumentSpecs
{
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
        "search_issues",
        """{"query":"\u200b","owner":"octo","repo":"hello"}""",
        "GET /search/issues?q=is%3Aissue%20repo%3Aocto%2Fhello&advanced_search=true",
        """{"total_count":0,"incomplete_results":false,"items":[]}"""
    )]
    [InlineData(
        "sub_issue_write",
        """{"method":" ADD","owner":"octo","repo":"hello","issue_number":5,"sub_issue_id":6,"after_id":0}""",
        "POST /repos/octo/hello/issues/5/sub_issues",
        """{"number":5,"title":"t"}"""
    )]
    [InlineData(
        "search_code",
        """{"query":"x","sort":"Indexed"}""",
        "GET /search/code?q=x&sort=indexed",
        """{"total_count":0,"incomplete_results":false,"items":[]}"""
    )]
    [InlineData(
        "list_my_repositories",
        """{"affiliation":"Owner, organization-member"}""",
        "GET /user/repos?affiliation=owner%2Corganization_member",
        "[]"
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
}
