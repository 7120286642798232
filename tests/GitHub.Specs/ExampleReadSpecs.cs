using System.Text.Json.Nodes;

namespace GitHub.Specs;

/// <summary>Reads understand what GitHub's own description says: every response here is an example of it.</summary>
public sealed class ExampleReadSpecs
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
        ExampleCalls.CallAsync(tool, arguments, requests, facts);

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
}
