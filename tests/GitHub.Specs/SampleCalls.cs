namespace GitHub.Specs;

/// <summary>What calls of every tool need beyond its schema, for specs that call them all.</summary>
internal static class SampleCalls
{
    /// <summary>Values for parameters, by their names, as JSON.</summary>
    public static readonly IReadOnlyDictionary<string, string> Samples = new Dictionary<string, string>
    {
        ["owner"] = "\"octo\"",
        ["repo"] = "\"hello\"",
        ["query"] = "\"repo:octo/hello x\"",
        ["files"] = """[{"path":"a.txt","content":"x"}]""",
        ["resource_id"] = "\"1\"",
        ["workflow_id"] = "\"ci.yml\"",
        ["method"] = "\"add\"",
        ["color"] = "\"f29513\"",
    };

    /// <summary>Parameters that a tool, or "tool method", wants although its schema does not call them required.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> AlsoWanted = new Dictionary<string, string[]>
    {
        ["get_job_logs"] = ["job_id"],
        ["actions_list"] = ["resource_id"],
        ["actions_run_trigger run_workflow"] = ["workflow_id", "ref"],
        ["actions_run_trigger rerun_workflow_run"] = ["run_id"],
        ["actions_run_trigger rerun_failed_jobs"] = ["run_id"],
        ["actions_run_trigger cancel_workflow_run"] = ["run_id"],
        ["actions_run_trigger delete_workflow_run_logs"] = ["run_id"],
        ["add_issue_comment"] = ["body", "issue_number"],
        ["add_reply_to_pull_request_comment"] = ["body", "pullNumber"],
        ["discussion_comment_write add"] = ["owner", "repo", "discussionNumber", "body"],
        ["discussion_comment_write reply"] = ["owner", "repo", "discussionNumber", "body", "commentNodeID"],
        ["discussion_comment_write update"] = ["commentNodeID", "body"],
        ["discussion_comment_write delete"] = ["commentNodeID"],
        ["discussion_comment_write mark_answer"] = ["commentNodeID"],
        ["discussion_comment_write unmark_answer"] = ["commentNodeID"],
        ["issue_write create"] = ["title"],
        ["issue_write update"] = ["issue_number", "title"],
        ["label_write create"] = ["color"],
        ["label_write update"] = ["color"],
        ["milestone_write create"] = ["title"],
        ["milestone_write update"] = ["milestone_number", "title"],
        ["milestone_write delete"] = ["milestone_number"],
        ["release_asset_write upload"] = ["release_id", "name", "content"],
        ["release_asset_write delete"] = ["asset_id"],
        ["update_issue_comment"] = ["body"],
        ["mark_all_notifications_read"] = ["owner", "repo"],
        ["projects_list"] = ["project_number"],
        ["projects_get"] = ["owner", "owner_type", "project_number", "field_id", "item_id", "view_id", "status_update_id"],
        ["projects_write"] = ["owner_type", "project_number", "title", "name", "layout", "view_id", "item_id", "body", "field_name"],
        ["pull_request_review_write"] = ["owner", "repo", "pullNumber"],
        ["pull_request_review_write create"] = ["body"],
        ["pull_request_review_write submit_pending"] = ["body"],
        ["pull_request_review_write resolve_thread"] = ["threadId"],
        ["pull_request_review_write unresolve_thread"] = ["threadId"],
        ["pull_request_review_write reply_to_thread"] = ["threadId", "body"],
        ["update_pull_request"] = ["title"],
        ["update_release"] = ["name"],
        ["wait_for_checks"] = ["pullNumber"],
    };
}
