using McpGateway.Testing;

namespace GitHub.Specs;

/// <summary>Whatever GitHub answers under 200, each tool says one clear sentence, or what is right.</summary>
public sealed class GarbageSpecs
{
    [Fact]
    public async Task No_tool_fails_unexpectedly_or_finds_nothing_where_the_answer_is_no_answer()
    {
        var time = new RunningClock();
        await using var github = await StubbedGitHub.StartAsync(time);
        var (calls, problems) = await new GarbageCalls(github.Gateway, github.Upstream, StubbedGitHub.Bearer, time)
        {
            Samples = new Dictionary<string, string>
            {
                ["owner"] = "\"octo\"",
                ["repo"] = "\"hello\"",
                ["query"] = "\"repo:octo/hello x\"",
                ["files"] = """[{"path":"a.txt","content":"x"}]""",
                ["resource_id"] = "\"1\"",
                ["workflow_id"] = "\"ci.yml\"",
                ["method"] = "\"add\"",
                ["color"] = "\"f29513\"",
            },
            AlsoWanted = new Dictionary<string, string[]>
            {
                ["get_job_logs"] = ["job_id"],
                ["actions_list"] = ["resource_id"],
                ["actions_run_trigger"] = ["workflow_id", "ref", "run_id"],
                ["add_issue_comment"] = ["body"],
                ["add_reply_to_pull_request_comment"] = ["body", "pullNumber"],
                ["discussion_comment_write"] = ["owner", "repo", "discussionNumber", "body", "commentNodeID"],
                ["issue_write create"] = ["title"],
                ["issue_write update"] = ["issue_number", "title"],
                ["label_write"] = ["color"],
                ["mark_all_notifications_read"] = ["owner", "repo"],
                ["projects_get"] = ["owner", "owner_type", "project_number", "field_id", "item_id", "view_id", "status_update_id"],
                ["projects_write"] =
                [
                    "owner_type",
                    "project_number",
                    "title",
                    "name",
                    "layout",
                    "view_id",
                    "item_id",
                    "body",
                    "field_name",
                ],
                ["pull_request_review_write"] = ["threadId"],
                ["update_pull_request"] = ["title"],
                ["wait_for_checks"] = ["pullNumber"],
            },
            // What they take depends on the method, beyond what a list by tool can say.
            Silent = ["projects_write", "projects_get"],
        }.RunAsync();
        Assert.True(calls > 5_000, $"{calls}");
        Assert.True(problems.Count == 0, $"{problems.Count} of {calls}:\n{string.Join('\n', problems.Take(60))}");
    }
}
