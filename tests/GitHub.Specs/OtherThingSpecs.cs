using System.Text.Json;

namespace GitHub.Specs;

/// <summary>
/// What belongs to another call: an argument that means nothing to the method is told, and nothing is written to an id of another thing than the one named.
/// </summary>
public sealed class OtherThingSpecs
{
    [Theory]
    [InlineData(
        "pull_request_read",
        """{"method":"get_commits","pullNumber":1,"path":"src"}""",
        "path: only for get_diff and get_files, not for get_commits."
    )]
    [InlineData(
        "pull_request_read",
        """{"method":"get_reviews","pullNumber":1,"after":"c"}""",
        "after: only for get_review_comments, not for get_reviews."
    )]
    [InlineData(
        "actions_list",
        """{"method":"list_workflow_jobs","resource_id":"1","workflow_runs_filter":{"status":"failure"}}""",
        "workflow_runs_filter: only for list_workflow_runs, not for list_workflow_jobs."
    )]
    [InlineData(
        "actions_list",
        """{"method":"list_workflows","resource_id":"1"}""",
        "resource_id: only for list_workflow_runs and list_workflow_jobs and list_workflow_run_artifacts, not for list_workflows."
    )]
    [InlineData(
        "issue_read",
        """{"method":"get_comments","issue_number":1,"confidence_threshold":0.5}""",
        "confidence_threshold: only for find_duplicates, not for get_comments."
    )]
    public async Task What_a_method_does_not_heed_is_said_to_be_ignored(string tool, string arguments, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/pulls/1/commits", "[]")
            .On("GET /repos/o/r/pulls/1/reviews", "[]")
            .On("GET /repos/o/r/issues/1/comments", "[]")
            .On("GET /repos/o/r/actions/workflows", """{"total_count":0,"workflows":[]}""")
            .On("GET /repos/o/r/actions/runs/1/jobs", """{"total_count":0,"jobs":[]}""");
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["repo"]) = ("o", "r");
        var result = await github.CallAsync(tool, given);
        Assert.NotEqual(true, result.IsError);
        Assert.EndsWith(said, result.TextOf(), StringComparison.Ordinal);
        Assert.Contains("ignored: [", result.TextOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"method":"get_project","item_id":5}""", "item_id: only for get_project_item, not for get_project.")]
    [InlineData("""{"method":"get_project","view_id":"PVTV_1"}""", "view_id: only for get_project_view, not for get_project.")]
    public async Task What_of_a_project_was_not_read_is_said(string arguments, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /orgs/o/projectsV2/1", """{"id":1,"number":1,"title":"Roadmap"}""");
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["owner_type"], given["project_number"]) = ("o", "org", 1);
        Assert.EndsWith(said, (await github.CallAsync("projects_get", given)).TextOf(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"threadId":"PRRT_1","pullNumber":5}""", "is not a review thread of o/r of pull request 5")]
    [InlineData("""{"threadId":"PRRT_1","pullNumber":7}""", null)]
    public async Task A_thread_of_another_pull_request_than_the_one_named_stays_as_it_is(string arguments, string? refused)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"node":{"is_resolved":false,"pull_request":{"number":7},"repository":{"full_name":"o/r"}}}}""")
            .OnGraphQl("""{"data":{"done":{"thread":{"id":"PRRT_1"}}}}""");
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["method"], given["owner"], given["repo"]) = ("resolve_thread", "o", "r");
        var result = await github.CallAsync("pull_request_review_write", given);
        Assert.Equal(refused is not null, result.IsError == true);
        Assert.Contains(refused ?? "The thread is resolved.", result.TextOf(), StringComparison.Ordinal);
        Assert.Equal(refused is null ? 2 : 1, github.Requests.Count);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(7, false)]
    public async Task A_comment_of_another_discussion_than_the_one_named_stays_as_it_is(int number, bool isRefused)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"node":{"discussion":{"id":"D_7","number":7,"repository":{"full_name":"o/r"}}}}}""")
            .OnGraphQl("""{"data":{"deleteDiscussionComment":{"comment":{"id":"DC_1"}}}}""");
        var result = await github.CallAsync(
            "discussion_comment_write",
            new
            {
                method = "delete",
                owner = "o",
                repo = "r",
                discussionNumber = number,
                commentNodeID = "DC_1",
            }
        );
        Assert.Equal(isRefused, result.IsError == true);
        Assert.Contains(
            isRefused ? "is not a comment of discussionNumber=5" : "Done: delete in o/r.",
            result.TextOf(),
            StringComparison.Ordinal
        );
        Assert.Equal(isRefused ? 1 : 2, github.Requests.Count);
    }
}
