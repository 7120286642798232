using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

/// <summary>Tools send what GitHub's own description asks for and understand what it answers: every answer here is an example of it.</summary>
public sealed class ExampleAnswerSpecs
{
    [Theory]
    [InlineData("list_notifications", "{}", "GET /notifications", "id reason")]
    [InlineData("get_notification_details", """{"notificationID":"1"}""", "GET /notifications/threads/1", "id reason")]
    [InlineData("list_starred_repositories", "{}", "GET /user/starred", "full_name html_url")]
    [InlineData("list_gists", "{}", "GET /gists", "id html_url")]
    [InlineData("get_gist", """{"gist_id":"1"}""", "GET /gists/1", "id html_url")]
    [InlineData("get_repository_tree", "{}", "GET /repos/o/r/git/trees/HEAD", "sha")]
    [InlineData("list_global_security_advisories", "{}", "GET /advisories", "ghsa_id summary")]
    [InlineData("get_global_security_advisory", """{"ghsaId":"1"}""", "GET /advisories/1", "ghsa_id summary")]
    [InlineData("list_repository_security_advisories", "{}", "GET /repos/o/r/security-advisories", "ghsa_id summary")]
    [InlineData("list_org_repository_security_advisories", """{"org":"o"}""", "GET /orgs/o/security-advisories", "ghsa_id summary")]
    [InlineData("list_code_scanning_alerts", "{}", "GET /repos/o/r/code-scanning/alerts", "number html_url")]
    [InlineData("get_code_scanning_alert", """{"alertNumber":1}""", "GET /repos/o/r/code-scanning/alerts/1", "number html_url")]
    [InlineData("list_secret_scanning_alerts", "{}", "GET /repos/o/r/secret-scanning/alerts", "number secret_type")]
    [InlineData("get_secret_scanning_alert", """{"alertNumber":1}""", "GET /repos/o/r/secret-scanning/alerts/1", "number secret_type")]
    [InlineData("list_dependabot_alerts", "{}", "GET /repos/o/r/dependabot/alerts", "number html_url")]
    [InlineData("get_dependabot_alert", """{"alertNumber":1}""", "GET /repos/o/r/dependabot/alerts/1", "number html_url")]
    [InlineData("list_branches", "{}", "GET /repos/o/r/branches", "name")]
    [InlineData("list_tags", "{}", "GET /repos/o/r/tags", "name")]
    [InlineData("list_commits", "{}", "GET /repos/o/r/commits", "sha html_url")]
    [InlineData("list_releases", "{}", "GET /repos/o/r/releases", "tag_name html_url")]
    [InlineData("get_latest_release", "{}", "GET /repos/o/r/releases/latest", "tag_name html_url")]
    [InlineData("list_pull_requests", "{}", "GET /repos/o/r/pulls", "number title html_url")]
    [InlineData("list_repository_collaborators", "{}", "GET /repos/o/r/collaborators", "login")]
    [InlineData("search_users", """{"query":"x"}""", "GET /search/users", "login html_url")]
    [InlineData("search_repositories", """{"query":"x"}""", "GET /search/repositories", "full_name html_url")]
    [InlineData("search_code", """{"query":"x"}""", "GET /search/code", "path sha")]
    [InlineData("search_commits", """{"query":"x"}""", "GET /search/commits", "sha html_url")]
    [InlineData("get_me", "{}", "GET /user", "login html_url")]
    [InlineData("get_rate_limit", "{}", "GET /rate_limit", "resources.core.limit")]
    [InlineData("list_my_repositories", "{}", "GET /user/repos", "full_name html_url")]
    [InlineData("search_orgs", """{"query":"x"}""", "GET /search/users", "login html_url")]
    [InlineData("list_issue_types", """{"owner":"o"}""", "GET /orgs/o/issue-types", "types.0.name=0.name")]
    [InlineData("search_issues", """{"query":"x"}""", "GET /search/issues", "number title html_url user=user.login")]
    [InlineData("search_pull_requests", """{"query":"x"}""", "GET /search/issues", "number title html_url user=user.login")]
    [InlineData("get_commit", """{"sha":"main"}""", "GET /repos/o/r/commits/main", "sha html_url author=author.login")]
    [InlineData("compare_commits", """{"base":"a","head":"b"}""", "GET /repos/o/r/compare/a...b", "ahead_by html_url commits.0.sha")]
    [InlineData("get_release_by_tag", """{"tag":"v1"}""", "GET /repos/o/r/releases/tags/v1", "tag_name html_url")]
    [InlineData("get_tag", """{"tag":"v1"}""", "GET /repos/o/r/git/ref/tags/v1", "commit_sha=object.sha")]
    [InlineData("get_code_quality_finding", """{"findingNumber":1}""", "GET /repos/o/r/code-quality/findings/1", "number")]
    [InlineData("list_notifications", """{"owner":"o","repo":"r"}""", "GET /repos/o/r/notifications", "id reason")]
    [InlineData("list_gists", """{"username":"u"}""", "GET /users/u/gists", "id html_url")]
    [InlineData("list_starred_repositories", """{"username":"u"}""", "GET /users/u/starred", "full_name html_url")]
    [InlineData(
        "issue_read",
        """{"method":"get_comments","issue_number":1}""",
        "GET /repos/o/r/issues/1/comments",
        "id html_url body user=user.login"
    )]
    [InlineData(
        "issue_read",
        """{"method":"get_sub_issues","issue_number":1}""",
        "GET /repos/o/r/issues/1/sub_issues",
        "id number title html_url"
    )]
    [InlineData(
        "pull_request_read",
        """{"method":"get","pullNumber":1}""",
        "GET /repos/o/r/pulls/1",
        "number title html_url user=user.login head.sha base.ref"
    )]
    [InlineData("pull_request_read", """{"method":"get_files","pullNumber":1}""", "GET /repos/o/r/pulls/1/files", "filename status")]
    [InlineData("pull_request_read", """{"method":"get_commits","pullNumber":1}""", "GET /repos/o/r/pulls/1/commits", "sha html_url")]
    [InlineData(
        "pull_request_read",
        """{"method":"get_reviews","pullNumber":1}""",
        "GET /repos/o/r/pulls/1/reviews",
        "id state html_url user=user.login"
    )]
    [InlineData(
        "pull_request_read",
        """{"method":"get_comments","pullNumber":1}""",
        "GET /repos/o/r/issues/1/comments",
        "id html_url user=user.login"
    )]
    [InlineData(
        "pull_request_read",
        """{"method":"get_status","pullNumber":1}""",
        "GET /repos/o/r/pulls/1, GET /repos/o/r/commits/6dcb09b5b57875f334f61aebed695e2e4193db5e/status",
        "state sha statuses.0.context"
    )]
    [InlineData(
        "pull_request_read",
        """{"method":"get_check_runs","pullNumber":1}""",
        "GET /repos/o/r/pulls/1, GET /repos/o/r/commits/6dcb09b5b57875f334f61aebed695e2e4193db5e/check-runs",
        "id name html_url"
    )]
    [InlineData("actions_list", """{"method":"list_workflows"}""", "GET /repos/o/r/actions/workflows", "id name path")]
    [InlineData("actions_list", """{"method":"list_workflow_runs"}""", "GET /repos/o/r/actions/runs", "id html_url head_sha")]
    [InlineData(
        "actions_list",
        """{"method":"list_workflow_runs","resource_id":"ci.yml"}""",
        "GET /repos/o/r/actions/workflows/ci.yml/runs",
        "id html_url head_sha"
    )]
    [InlineData(
        "actions_list",
        """{"method":"list_workflow_jobs","resource_id":"1"}""",
        "GET /repos/o/r/actions/runs/1/jobs",
        "id name html_url"
    )]
    [InlineData(
        "actions_list",
        """{"method":"list_workflow_run_artifacts","resource_id":"1"}""",
        "GET /repos/o/r/actions/runs/1/artifacts",
        "id name size_in_bytes"
    )]
    [InlineData("actions_get", """{"method":"get_workflow","resource_id":"1"}""", "GET /repos/o/r/actions/workflows/1", "id name path")]
    [InlineData(
        "actions_get",
        """{"method":"get_workflow_run","resource_id":"1"}""",
        "GET /repos/o/r/actions/runs/1",
        "id html_url head_sha"
    )]
    [InlineData("actions_get", """{"method":"get_workflow_job","resource_id":"1"}""", "GET /repos/o/r/actions/jobs/1", "id name html_url")]
    [InlineData(
        "actions_get",
        """{"method":"get_workflow_run_usage","resource_id":"1"}""",
        "GET /repos/o/r/actions/runs/1/timing",
        "run_duration_ms"
    )]
    [InlineData(
        "actions_get",
        """{"method":"download_workflow_run_artifact","resource_id":"1"}""",
        "GET /repos/o/r/actions/artifacts/1/zip",
        "url"
    )]
    [InlineData("actions_get", """{"method":"get_workflow_run_logs_url","resource_id":"1"}""", "GET /repos/o/r/actions/runs/1/logs", "url")]
    [InlineData(
        "get_job_logs",
        """{"job_id":399444496,"return_content":false}""",
        "GET /repos/o/r/actions/jobs/399444496, GET /repos/o/r/actions/jobs/399444496/logs",
        "jobs.0.logs_url=url"
    )]
    [InlineData(
        "projects_list",
        """{"method":"list_projects","owner":"o","owner_type":"org"}""",
        "GET /orgs/o/projectsV2",
        "id number title owner=owner.login"
    )]
    [InlineData(
        "projects_list",
        """{"method":"list_project_fields","owner":"o","owner_type":"org","project_number":1}""",
        "GET /orgs/o/projectsV2/1/fields",
        "id name data_type"
    )]
    [InlineData(
        "projects_list",
        """{"method":"list_project_items","owner":"o","owner_type":"org","project_number":1}""",
        "GET /orgs/o/projectsV2/1/items",
        "id content_type content.number content.title"
    )]
    [InlineData(
        "projects_list",
        """{"method":"list_projects","owner":"u","owner_type":"user"}""",
        "GET /users/u/projectsV2",
        "id number title"
    )]
    [InlineData(
        "projects_get",
        """{"method":"get_project","owner":"o","owner_type":"org","project_number":1}""",
        "GET /orgs/o/projectsV2/1",
        "id number title"
    )]
    [InlineData(
        "projects_get",
        """{"method":"get_project_field","owner":"o","owner_type":"org","project_number":1,"field_id":2}""",
        "GET /orgs/o/projectsV2/1/fields/2",
        "id name data_type"
    )]
    [InlineData(
        "projects_get",
        """{"method":"get_project_item","owner":"o","owner_type":"org","project_number":1,"item_id":2}""",
        "GET /orgs/o/projectsV2/1/items/2",
        "id content_type content.number content.title"
    )]
    public Task A_read_arrives_with_its_main_facts(string tool, string arguments, string requests, string facts) =>
        CallAsync(tool, arguments, requests, facts);

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
        "GET /repos/o/r/contents/docs/a.md, PUT /repos/o/r/contents/docs/a.md",
        "content.path content.sha commit.sha commit.html_url",
        """{"message":"m","content":"aGk=","branch":"main","sha":"3d21ec53a331a6f037a91c368710b99387d012c1"}"""
    )]
    [InlineData(
        "push_files",
        """{"branch":"main","message":"m","files":[{"path":"a","content":"x"}]}""",
        "GET /repos/o/r/git/ref/heads/main, GET /repos/o/r/git/commits/aa218f56b14c9653891f9e74264a383fa43fefbd, GET /repos/o/r/git/trees/aa218f56b14c9653891f9e74264a383fa43fefbd, POST /repos/o/r/git/trees, POST /repos/o/r/git/commits, PATCH /repos/o/r/git/refs/heads/main",
        "ref",
        """{"sha":"7638417db6d59f3c431d3e1f261cc637155684cd","force":false}"""
    )]
    [InlineData(
        "delete_file",
        """{"path":"docs/a.md","message":"m","branch":"main"}""",
        "GET /repos/o/r/contents/docs/a.md, GET /repos/o/r/git/ref/heads/main, GET /repos/o/r/git/commits/aa218f56b14c9653891f9e74264a383fa43fefbd, POST /repos/o/r/git/trees, POST /repos/o/r/git/commits, PATCH /repos/o/r/git/refs/heads/main",
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
        """{"tag_name":"v1","name":"n","body":"b","target_commitish":"main","draft":true}""",
        "POST /repos/o/r/releases",
        "id tag_name html_url",
        """{"tag_name":"v1","target_commitish":"main","name":"n","body":"b","draft":true}"""
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
        "PATCH /orgs/o/projectsV2/1/items/2",
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
        Assert.Equal(body, await CallAsync(tool, arguments, requests, facts));
    }

    [Theory]
    [InlineData(
        "response-if-content-is-a-file",
        "application/json",
        "# Yoga Bot in progress!\nREADME.md: lines 1-1 of 1, 5,362 bytes, sha 3d21ec53a331a6f037a91c368710b99387d012c1"
    )]
    [InlineData("response-if-content-is-a-directory", "application/vnd.github.object", "\"name\":\"app.js\"")]
    [InlineData("response-if-content-is-a-symlink", "application/json", "bin/some-symlink is a symbolic link to /path/to/symlink/target")]
    [InlineData(
        "response-if-content-is-a-submodule",
        "application/json",
        "test/qunit is a submodule of git://github.com/jquery/qunit.git at commit 6ca3721222109997540bd6d9ccd396902e0ad2f9"
    )]
    public async Task What_lies_at_a_path_is_told_by_its_kind(string example, string mediaType, string expected)
    {
        await using var github = await StubbedGitHub.StartAsync();
        var there = JsonNode
            .Parse((await OfficialExamples.OfAsync("GET /repos/o/r/contents/x", example, mediaType)).Body!.Value.GetRawText())!
            .AsObject();
        if (there.ContainsKey("content"))
        {
            // The example's is cut, and no base64 any more.
            there["content"] = Convert.ToBase64String("# Yoga Bot in progress!"u8);
        }

        github.On("GET /repos/o/r/contents/x", there.ToJsonString());
        Assert.Contains(
            expected,
            (
                await github.CallAsync(
                    "get_file_contents",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        path = "x",
                    }
                )
            ).TextOf(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_repository_is_deleted_after_a_person_confirmed_what_it_is_called()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r", (await OfficialExamples.OfAsync("GET /repos/o/r")).Body!.Value.GetRawText())
            .On("DELETE /repos/o/r", "", 204);
        Assert.Contains(
            "that octocat/Hello-World is deleted",
            await github.FailAsync("delete_repository", new { owner = "o", repo = "r" }),
            StringComparison.Ordinal
        );
        await using var client = await github.ConnectAsync(
            new() { Handlers = new() { ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = "accept" }) } }
        );
        var result = await client.CallToolAsync(
            "delete_repository",
            new Dictionary<string, object?> { ["owner"] = "o", ["repo"] = "r" },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(result.IsError != true, result.TextOf());
        Assert.Equal("DELETE /repos/o/r", github.Requests[^1]);
    }

    /// <summary>Calls a tool whose requests GitHub answers with its examples.</summary>
    /// <param name="requests">All that may be sent, in their order.</param>
    /// <param name="facts">Members of the answer (of a list's first entry) that equal those of the last example; "here=there" where the names differ.</param>
    /// <returns>The body of the last write.</returns>
    private static async Task<string> CallAsync(string tool, string arguments, string requests, string facts)
    {
        var expected = requests.Split(", ");
        await using var github = await StubbedGitHub.StartAsync();
        OfficialExample? last = null;
        foreach (var request in expected)
        {
            last = await OfficialExamples.OfAsync(request);
            github.On(
                request,
                last.Status == 302 ? "" : last.Body?.GetRawText() ?? "",
                last.Status,
                last.Status == 302 ? [("Location", OfficialExamples.At(last.Body!.Value, "url"))] : []
            );
        }

        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        if (requests.Contains("/repos/o/r", StringComparison.Ordinal))
        {
            (given["owner"], given["repo"]) = ("o", "r");
        }

        var answer = await github.ReadAsync(tool, given);
        Assert.Equal(expected, github.Requests.Select(request => request.Split('?')[0]));
        var (from, to) = (last!.Body, answer);
        if (answer.TryGetProperty("items", out var items))
        {
            Assert.False(answer.GetProperty("hasMore").GetBoolean());
            Assert.Equal(last.Entries!.Value.GetArrayLength(), items.GetArrayLength());
            (from, to) = (last.Entries.Value[0], items[0]);
        }

        Assert.All(
            facts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(fact => fact.Split('=')),
            fact => Assert.Equal(OfficialExamples.At(from!.Value, fact[^1]), OfficialExamples.At(to, fact[0]))
        );
        return github.Upstream.Received.LastOrDefault(request => request.Method != "GET")?.Text ?? "";
    }
}
