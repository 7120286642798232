using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

/// <summary>Writes send what GitHub's own description asks for: every response here is an example of it.</summary>
public sealed class ExampleWriteSpecs
{
    [Theory]
    [InlineData(
        "issue_write",
        """{"method":"create","title":"t","body":"b","labels":["bug"],"assignees":["ann"],"milestone":2}""",
        "POST /repos/o/r/issues",
        "number title html_url user=user.login",
        """{"title":"t","body":"b","labels":["bug"],"assignees":["ann"],"milestone":2}"""
    )]
    [InlineData(
        "issue_write",
        """{"method":"update","issue_number":1,"state":"closed","state_reason":"completed"}""",
        "PATCH /repos/o/r/issues/1",
        "number title html_url",
        """{"state":"closed","state_reason":"completed"}"""
    )]
    [InlineData(
        "add_issue_comment",
        """{"issue_number":1,"body":"b"}""",
        "POST /repos/o/r/issues/1/comments",
        "id html_url user=user.login",
        """{"body":"b"}"""
    )]
    [InlineData(
        "add_issue_comment",
        """{"issue_number":1,"reaction":"heart"}""",
        "POST /repos/o/r/issues/1/reactions",
        "",
        """{"content":"heart"}"""
    )]
    [InlineData(
        "add_issue_comment",
        """{"issue_number":1,"comment_id":2,"reaction":"eyes"}""",
        "POST /repos/o/r/issues/comments/2/reactions",
        "",
        """{"content":"eyes"}"""
    )]
    [InlineData(
        "update_issue_comment",
        """{"comment_id":2,"body":"b"}""",
        "PATCH /repos/o/r/issues/comments/2",
        "id html_url user=user.login",
        """{"body":"b"}"""
    )]
    [InlineData("delete_issue_comment", """{"comment_id":2}""", "DELETE /repos/o/r/issues/comments/2")]
    [InlineData(
        "sub_issue_write",
        """{"method":"add","issue_number":1,"sub_issue_id":5,"replace_parent":true}""",
        "POST /repos/o/r/issues/1/sub_issues",
        "id number title html_url",
        """{"sub_issue_id":5,"replace_parent":true}"""
    )]
    [InlineData(
        "sub_issue_write",
        """{"method":"remove","issue_number":1,"sub_issue_id":5}""",
        "DELETE /repos/o/r/issues/1/sub_issue",
        "id number title html_url",
        """{"sub_issue_id":5}"""
    )]
    [InlineData(
        "sub_issue_write",
        """{"method":"reprioritize","issue_number":1,"sub_issue_id":5,"after_id":6}""",
        "PATCH /repos/o/r/issues/1/sub_issues/priority",
        "id number title html_url",
        """{"sub_issue_id":5,"after_id":6}"""
    )]
    [InlineData(
        "create_pull_request",
        """{"title":"t","head":"f","base":"main","body":"b","draft":true}""",
        "POST /repos/o/r/pulls",
        "number title html_url user=user.login head.sha",
        """{"title":"t","head":"f","base":"main","body":"b","draft":true}"""
    )]
    [InlineData(
        "update_pull_request",
        """{"pullNumber":1,"title":"t","state":"closed","base":"dev"}""",
        "PATCH /repos/o/r/pulls/1, GET /repos/o/r/pulls/1",
        "number title html_url user=user.login head.sha",
        """{"title":"t","state":"closed","base":"dev"}"""
    )]
    [InlineData(
        "request_copilot_review",
        """{"pullNumber":1}""",
        "POST /repos/o/r/pulls/1/requested_reviewers",
        "",
        """{"reviewers":["copilot-pull-request-reviewer[bot]"]}"""
    )]
    [InlineData(
        "update_pull_request_branch",
        """{"pullNumber":1,"expectedHeadSha":"abc"}""",
        "PUT /repos/o/r/pulls/1/update-branch",
        "",
        """{"expected_head_sha":"abc"}"""
    )]
    [InlineData(
        "merge_pull_request",
        """{"pullNumber":1,"commit_title":"t","commit_message":"m","merge_method":"squash"}""",
        "PUT /repos/o/r/pulls/1/merge",
        "sha merged message",
        """{"commit_title":"t","commit_message":"m","merge_method":"squash"}"""
    )]
    [InlineData(
        "add_reply_to_pull_request_comment",
        """{"pullNumber":1,"commentId":2,"body":"b"}""",
        "POST /repos/o/r/pulls/1/comments/2/replies",
        "id html_url",
        """{"body":"b"}"""
    )]
    [InlineData(
        "add_reply_to_pull_request_comment",
        """{"commentId":2,"reaction":"+1"}""",
        "POST /repos/o/r/pulls/comments/2/reactions",
        "",
        """{"content":"+1"}"""
    )]
    [InlineData(
        "create_branch",
        """{"branch":"new/one","from_branch":"main"}""",
        "GET /repos/o/r/git/ref/heads/main, POST /repos/o/r/git/refs",
        "sha=object.sha",
        """{"ref":"refs/heads/new/one","sha":"aa218f56b14c9653891f9e74264a383fa43fefbd"}"""
    )]
    [InlineData(
        "delete_branch",
        """{"branch":"old/one"}""",
        "GET /repos/o/r, GET /repos/o/r/git/ref/heads/old/one, DELETE /repos/o/r/git/refs/heads/old/one"
    )]
    [InlineData(
        "create_or_update_file",
        """{"path":"docs/a.md","content":"hi","message":"m","branch":"main","sha":"3d21ec53a331a6f037a91c368710b99387d012c1"}""",
        "GET /repos/o/r/contents/docs/a.md, GET /repos/o/r/contents/README.md, "
            + "GET /repos/o/r/git/trees/main%3Adocs, PUT /repos/o/r/contents/docs/a.md",
        "content.path content.sha commit.sha commit.html_url",
        """{"message":"m","content":"aGk=","branch":"main","sha":"3d21ec53a331a6f037a91c368710b99387d012c1"}"""
    )]
    [InlineData(
        "push_files",
        """{"branch":"main","message":"m","files":[{"path":"a","content":"x"}]}""",
        "GET /repos/o/r/git/ref/heads/main, GET /repos/o/r/git/trees/aa218f56b14c9653891f9e74264a383fa43fefbd, GET "
            + "/repos/o/r/git/commits/aa218f56b14c9653891f9e74264a383fa43fefbd, POST /repos/o/r/git/trees, POST "
            + "/repos/o/r/git/commits, PATCH /repos/o/r/git/refs/heads/main",
        "ref",
        """{"sha":"7638417db6d59f3c431d3e1f261cc637155684cd","force":false}"""
    )]
    [InlineData(
        "delete_file",
        """{"path":"docs/a.md","message":"m","branch":"main"}""",
        "GET /repos/o/r/contents/docs/a.md, GET /repos/o/r/git/ref/heads/main, GET "
            + "/repos/o/r/git/commits/aa218f56b14c9653891f9e74264a383fa43fefbd, POST /repos/o/r/git/trees, POST "
            + "/repos/o/r/git/commits, PATCH /repos/o/r/git/refs/heads/main",
        "ref",
        """{"sha":"7638417db6d59f3c431d3e1f261cc637155684cd","force":false}"""
    )]
    [InlineData(
        "create_gist",
        """{"filename":"a.txt","content":"x","description":"d"}""",
        "POST /gists",
        "id url=html_url",
        """{"description":"d","public":false,"files":{"a.txt":{"content":"x"}}}"""
    )]
    [InlineData(
        "update_gist",
        """{"gist_id":"1","filename":"a.txt","content":"x"}""",
        "PATCH /gists/1",
        "id url=html_url",
        """{"files":{"a.txt":{"content":"x"}}}"""
    )]
    [InlineData("star_repository", """{"owner":"o","repo":"r"}""", "PUT /user/starred/o/r")]
    [InlineData("unstar_repository", """{"owner":"o","repo":"r"}""", "DELETE /user/starred/o/r")]
    [InlineData("dismiss_notification", """{"threadID":"1","state":"read"}""", "PATCH /notifications/threads/1")]
    [InlineData("dismiss_notification", """{"threadID":"1","state":"done"}""", "DELETE /notifications/threads/1")]
    [InlineData(
        "mark_all_notifications_read",
        """{"everything":true,"lastReadAt":"2026-01-01T00:00:00Z"}""",
        "PUT /notifications",
        "",
        """{"last_read_at":"2026-01-01T00:00:00Z"}"""
    )]
    [InlineData("mark_all_notifications_read", """{"owner":"o","repo":"r"}""", "PUT /repos/o/r/notifications", "", "{}")]
    [InlineData(
        "manage_notification_subscription",
        """{"notificationID":"1","action":"ignore"}""",
        "PUT /notifications/threads/1/subscription",
        "",
        """{"ignored":true}"""
    )]
    [InlineData(
        "manage_notification_subscription",
        """{"notificationID":"1","action":"delete"}""",
        "DELETE /notifications/threads/1/subscription"
    )]
    [InlineData(
        "manage_repository_notification_subscription",
        """{"action":"watch"}""",
        "PUT /repos/o/r/subscription",
        "",
        """{"subscribed":true,"ignored":false}"""
    )]
    [InlineData("manage_repository_notification_subscription", """{"action":"delete"}""", "DELETE /repos/o/r/subscription")]
    [InlineData(
        "label_write",
        """{"method":"create","name":"bug","color":"#f29513","description":"d"}""",
        "POST /repos/o/r/labels",
        "name color description",
        """{"name":"bug","color":"f29513","description":"d"}"""
    )]
    [InlineData(
        "label_write",
        """{"method":"update","name":"help wanted","new_name":"help"}""",
        "PATCH /repos/o/r/labels/help%20wanted",
        "name color",
        """{"new_name":"help"}"""
    )]
    [InlineData("label_write", """{"method":"delete","name":"bug"}""", "DELETE /repos/o/r/labels/bug")]
    [InlineData(
        "create_release",
        """{"tag_name":"v1","name":"n","body":"b","draft":true}""",
        "POST /repos/o/r/releases",
        "id tag_name html_url",
        """{"tag_name":"v1","name":"n","body":"b","draft":true}"""
    )]
    [InlineData(
        "update_release",
        """{"release_id":1,"prerelease":false}""",
        "PATCH /repos/o/r/releases/1",
        "id tag_name html_url",
        """{"prerelease":false}"""
    )]
    [InlineData(
        "create_repository",
        """{"name":"n","organization":"org","autoInit":true}""",
        "POST /orgs/org/repos",
        "id url=html_url",
        """{"name":"n","private":true,"auto_init":true}"""
    )]
    [InlineData("fork_repository", """{"organization":"org"}""", "POST /repos/o/r/forks", "id url=html_url", """{"organization":"org"}""")]
    [InlineData(
        "actions_run_trigger",
        """{"method":"run_workflow","workflow_id":"ci.yml","ref":"main"}""",
        "POST /repos/o/r/actions/workflows/ci.yml/dispatches",
        "",
        """{"ref":"main"}"""
    )]
    [InlineData("actions_run_trigger", """{"method":"rerun_workflow_run","run_id":1}""", "POST /repos/o/r/actions/runs/1/rerun")]
    [InlineData("actions_run_trigger", """{"method":"rerun_failed_jobs","run_id":1}""", "POST /repos/o/r/actions/runs/1/rerun-failed-jobs")]
    [InlineData("actions_run_trigger", """{"method":"cancel_workflow_run","run_id":1}""", "POST /repos/o/r/actions/runs/1/cancel")]
    [InlineData("actions_run_trigger", """{"method":"delete_workflow_run_logs","run_id":1}""", "DELETE /repos/o/r/actions/runs/1/logs")]
    [InlineData(
        "projects_write",
        """{"method":"add_project_item","owner":"o","owner_type":"org","project_number":1,"item_type":"issue","item_owner":"o","item_repo":"r","issue_number":7}""",
        "POST /orgs/o/projectsV2/1/items",
        "id content_type",
        """{"type":"Issue","owner":"o","repo":"r","number":7}"""
    )]
    [InlineData(
        "projects_write",
        """{"method":"update_project_item","owner":"o","owner_type":"org","project_number":1,"item_id":2,"updated_field":{"id":3,"value":"x"}}""",
        "GET /orgs/o/projectsV2/1/fields, PATCH /orgs/o/projectsV2/1/items/2",
        "id content_type",
        """{"fields":[{"id":3,"value":"x"}]}"""
    )]
    [InlineData(
        "projects_write",
        """{"method":"delete_project_item","owner":"o","owner_type":"org","project_number":1,"item_id":2}""",
        "DELETE /orgs/o/projectsV2/1/items/2"
    )]
    public async Task A_write_sends_what_was_asked_for(string tool, string arguments, string requests, string facts = "", string body = "")
    {
        Assert.Equal(body, await ExampleCalls.CallAsync(tool, arguments, requests, facts));
    }

    [Fact]
    public async Task A_repository_is_deleted_after_a_person_confirmed_what_it_is_called()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/octocat/Hello-World", (await OfficialExamples.OfAsync("GET /repos/o/r")).Body!.Value.GetRawText())
            .On("DELETE /repos/octocat/Hello-World", "", 204);
        Assert.Contains(
            "that octocat/Hello-World is deleted",
            await github.FailAsync("delete_repository", new { owner = "octocat", repo = "Hello-World" }),
            StringComparison.Ordinal
        );
        await using var client = await github.ConnectAsync(
            new() { Handlers = new() { ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = "accept" }) } }
        );
        var result = await client.CallToolAsync(
            "delete_repository",
            new Dictionary<string, object?> { ["owner"] = "octocat", ["repo"] = "Hello-World" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(result.IsError != true, result.TextOf());
        Assert.Equal("DELETE /repos/octocat/Hello-World", github.Requests[^1]);
    }
}
