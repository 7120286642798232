using System.Text.Json;

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
        """{"method":"update","owner":"octo","repo":"hello","issue_number":5,"labels":["a"],"clear":["labels"]}""",
        "clear names labels, which is given a value as well"
    )]
    [InlineData(
        "update_pull_request",
        """{"owner":"octo","repo":"hello","pullNumber":5,"body":"new","clear":"body"}""",
        "clear names body, which is given a value as well"
    )]
    [InlineData(
        "update_release",
        """{"owner":"octo","repo":"hello","release_id":5,"body":"new","clear":["body"]}""",
        "clear names body, which is given a value as well"
    )]
    [InlineData(
        "label_write",
        """{"method":"update","owner":"octo","repo":"hello","name":"bug","description":"new","clear":["description"]}""",
        "clear names description, which is given a value as well"
    )]
    [InlineData(
        "milestone_write",
        """{"method":"update","owner":"octo","repo":"hello","milestone_number":5,"due_on":"2026-12-01","clear":["due_on"]}""",
        "clear names due_on, which is given a value as well"
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"resolve_thread","threadId":"PRRT_1","body":"Done in abc."}""",
        "body: only for create and submit_pending and reply_to_thread, not for resolve_thread. Nothing was done."
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"delete_pending","owner":"octo","repo":"hello","pullNumber":5,"event":"APPROVE"}""",
        "event: only for create and submit_pending, not for delete_pending. Nothing was done."
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"add","owner":"octo","repo":"hello","discussionNumber":5,"body":"x","commentNodeID":"DC_1"}""",
        "commentNodeID: only for reply and update"
    )]
    [InlineData(
        "label_write",
        """{"method":"create","owner":"octo","repo":"hello","name":"bug","color":"f29513","new_name":"defect"}""",
        "new_name: only for update, not for create."
    )]
    [InlineData(
        "milestone_write",
        """{"method":"create","owner":"octo","repo":"hello","milestone_number":5,"title":"v2"}""",
        "milestone_number: only for update and delete, not for create."
    )]
    [InlineData(
        "release_asset_write",
        """{"method":"delete","owner":"octo","repo":"hello","release_id":5,"asset_id":6,"content":"x"}""",
        "content: only for upload, not for delete."
    )]
    [InlineData(
        "actions_run_trigger",
        """{"method":"rerun_workflow_run","owner":"octo","repo":"hello","run_id":5,"inputs":{"a":"b"}}""",
        "inputs: only for run_workflow, not for rerun_workflow_run."
    )]
    [InlineData(
        "projects_write",
        """{"method":"add_project_item","owner":"octo","owner_type":"org","project_number":1,"item_owner":"octo","item_repo":"hello","issue_number":5,"pull_request_number":6}""",
        "issue_number=5 and pull_request_number=6 are two things"
    )]
    [InlineData(
        "projects_write",
        """{"method":"add_project_item","owner":"octo","project_number":1,"item_owner":"octo","item_repo":"hello","issue_number":5,"updated_field":{"name":"Status","value":"Done"}}""",
        "updated_field: only for update_project_item and update_project_items, not for add_project_item."
    )]
    [InlineData(
        "projects_write",
        """{"method":"update_project_item","owner":"octo","owner_type":"org","project_number":1,"item_id":7,"item_owner":"octo","item_repo":"hello","issue_number":5,"updated_field":{"id":1,"value":"x"}}""",
        "Name an item in exactly one way"
    )]
    [InlineData(
        "projects_write",
        """{"method":"delete_project_item","owner":"octo","owner_type":"org","project_number":1,"item_id":7,"issue_number":5}""",
        "issue_number: only for add_project_item and update_project_item, not for delete_project_item."
    )]
    [InlineData(
        "projects_write",
        """{"method":"update_project_item","owner":"octo","owner_type":"org","project_number":1,"item_id":7,"pull_request_number":5,"updated_field":{"id":1,"value":"x"}}""",
        "Name an item in exactly one way"
    )]
    [InlineData(
        "projects_write",
        """{"method":"delete_project_view","owner":"octo","owner_type":"org","project_number":1,"view_id":"PVTV_1","name":"Board"}""",
        "name: only for create_project_view and update_project_view, not for delete_project_view."
    )]
    [InlineData(
        "actions_run_trigger",
        """{"method":"run_workflow","owner":"octo","repo":"hello","workflow_id":"ci.yml","ref":"main","run_id":5}""",
        "run_id: only for rerun_workflow_run and rerun_failed_jobs and cancel_workflow_run and delete_workflow_run_logs, not for run_workflow."
    )]
    [InlineData(
        "actions_run_trigger",
        """{"method":"cancel_workflow_run","owner":"octo","repo":"hello","workflow_id":"ci.yml","run_id":5}""",
        "workflow_id: only for run_workflow, not for cancel_workflow_run."
    )]
    [InlineData(
        "release_asset_write",
        """{"method":"delete","owner":"octo","repo":"hello","release_id":5,"asset_id":6}""",
        "release_id: only for upload, not for delete."
    )]
    [InlineData(
        "get_job_logs",
        """{"owner":"octo","repo":"hello","run_id":5,"job_id":6,"failed_only":true}""",
        "job_id=6 is one job, and failed_only asks for those of a run that failed: give one of them."
    )]
    [InlineData(
        "add_comment_to_pending_review",
        """{"owner":"octo","repo":"hello","pullNumber":5,"path":"a","body":"b","subjectType":"LINE","line":3,"startLine":7}""",
        "startLine=7 is after line=3"
    )]
    [InlineData(
        "sub_issue_write",
        """{"method":"move","owner":"octo","repo":"hello","issue_number":5,"sub_issue_id":6}""",
        "method: \"move\" is not one of add, remove, reprioritize."
    )]
    [InlineData(
        "issue_write",
        """{"method":"create","owner":"octo","repo":"hello","title":"t","clear":["labels"],"state_reason":"completed"}""",
        "state_reason: only for update, not for create. clear: only for update, not for create."
    )]
    [InlineData("search_code", """{"query":"x","sort":"stars"}""", "sort: \"stars\" is not one of indexed.")]
    [InlineData(
        "issue_write",
        """{"method":"update","owner":"octo","repo":"hello","issue_number":5,"labels":["bug"," "]}""",
        "labels[1] is empty: leave it out."
    )]
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
