using System.Text.Json;

namespace GitHub.Specs;

/// <summary>What models send and nobody can mean is refused in words that help, before GitHub hears of it.</summary>
public sealed class SlipSpecs
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
}
