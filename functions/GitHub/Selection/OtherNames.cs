using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Selection;

/// <summary>
/// Names of tools that do one thing each, which one of ours does by an argument: those of the official server's flags (issues_granular, pull_requests_granular,
/// duplicate_detection) and of its former versions. They select and call the tool that does it, and are never listed: prompts written for them work, and no
/// list gets longer.
/// </summary>
internal static class OtherNames
{
    private static readonly Dictionary<string, OtherName> Names = new(StringComparer.Ordinal)
    {
        ["create_issue"] = new("issue_write", "create"),
        ["update_issue"] = new("issue_write", "update"),
        ["update_issue_title"] = new("issue_write", "update"),
        ["update_issue_body"] = new("issue_write", "update"),
        ["update_issue_assignees"] = new("issue_write", "update")
        {
            Adapt = arguments => Intents.TakeNames(arguments, "assignees", "login"),
        },
        ["update_issue_labels"] = new("issue_write", "update") { Adapt = arguments => Intents.TakeNames(arguments, "labels", "name") },
        ["update_issue_milestone"] = new("issue_write", "update"),
        ["update_issue_state"] = new("issue_write", "update") { Adapt = Intents.Drop },
        ["update_issue_type"] = new("issue_write", "update", ("issue_type", "type")) { Adapt = Intents.TakeType },
        ["set_issue_fields"] = new("issue_write", "update", ("fields", "issue_fields")) { Adapt = Intents.TakeFields },
        ["get_issue"] = new("issue_read", "get"),
        ["get_issue_comments"] = new("issue_read", "get_comments"),
        ["list_sub_issues"] = new("issue_read", "get_sub_issues"),
        ["find_duplicate"] = new("issue_read", "find_duplicates"),
        ["find_duplicates"] = new("issue_read", "find_duplicates"),
        ["find_duplicate_issues"] = new("issue_read", "find_duplicates"),
        ["add_issue_reaction"] = new("add_issue_comment", null, ("content", "reaction")),
        ["add_issue_comment_reaction"] = new("add_issue_comment", null, ("content", "reaction")),
        ["add_sub_issue"] = new("sub_issue_write", "add"),
        ["remove_sub_issue"] = new("sub_issue_write", "remove"),
        ["reprioritize_sub_issue"] = new("sub_issue_write", "reprioritize"),
        ["get_pull_request"] = new("pull_request_read", "get"),
        ["get_pull_request_diff"] = new("pull_request_read", "get_diff"),
        ["get_pull_request_files"] = new("pull_request_read", "get_files"),
        ["get_pull_request_status"] = new("pull_request_read", "get_status"),
        ["get_pull_request_reviews"] = new("pull_request_read", "get_reviews"),
        ["get_pull_request_comments"] = new("pull_request_read", "get_review_comments"),
        ["get_pull_request_review_comments"] = new("pull_request_read", "get_review_comments"),
        ["update_pull_request_title"] = new("update_pull_request"),
        ["update_pull_request_body"] = new("update_pull_request"),
        ["update_pull_request_state"] = new("update_pull_request"),
        ["update_pull_request_draft_state"] = new("update_pull_request"),
        ["request_pull_request_reviewers"] = new("update_pull_request"),
        ["create_pull_request_review"] = new("pull_request_review_write", "create"),
        ["create_pending_pull_request_review"] = new("pull_request_review_write", "create"),
        ["create_and_submit_pull_request_review"] = new("pull_request_review_write", "create"),
        ["submit_pending_pull_request_review"] = new("pull_request_review_write", "submit_pending"),
        ["delete_pending_pull_request_review"] = new("pull_request_review_write", "delete_pending"),
        ["resolve_review_thread"] = new("pull_request_review_write", "resolve_thread"),
        ["resolve_pull_request_review_thread"] = new("pull_request_review_write", "resolve_thread"),
        ["unresolve_review_thread"] = new("pull_request_review_write", "unresolve_thread"),
        ["unresolve_pull_request_review_thread"] = new("pull_request_review_write", "unresolve_thread"),
        ["add_pull_request_review_comment"] = new("add_comment_to_pending_review"),
        ["add_comment_to_pending_pull_request_review"] = new("add_comment_to_pending_review"),
        ["add_pull_request_review_comment_to_pending_review"] = new("add_comment_to_pending_review"),
        ["add_pull_request_review_comment_reaction"] = new(
            "add_reply_to_pull_request_comment",
            null,
            ("comment_id", "commentId"),
            ("content", "reaction")
        ),
        // Its filters are members of an argument, and come as arguments of their own.
        ["actions_list"] = new("actions_list") { Adapt = FilterRuns },
        ["list_workflows"] = new("actions_list", "list_workflows"),
        ["list_workflow_runs"] = new("actions_list", "list_workflow_runs", ("workflow_id", "resource_id")) { Adapt = FilterRuns },
        ["list_workflow_jobs"] = new("actions_list", "list_workflow_jobs", ("run_id", "resource_id")),
        ["list_workflow_run_artifacts"] = new("actions_list", "list_workflow_run_artifacts", ("run_id", "resource_id")),
        ["get_workflow"] = new("actions_get", "get_workflow", ("workflow_id", "resource_id")),
        ["get_workflow_run"] = new("actions_get", "get_workflow_run", ("run_id", "resource_id")),
        ["get_workflow_job"] = new("actions_get", "get_workflow_job", ("job_id", "resource_id")),
        ["get_workflow_run_usage"] = new("actions_get", "get_workflow_run_usage", ("run_id", "resource_id")),
        ["get_workflow_run_logs"] = new("actions_get", "get_workflow_run_logs_url", ("run_id", "resource_id")),
        ["download_workflow_run_artifact"] = new("actions_get", "download_workflow_run_artifact", ("artifact_id", "resource_id")),
        // What it gave is what get_job_logs gives; it selected the other.
        ["get_workflow_job_logs"] = new("get_job_logs") { Selects = "actions_get" },
        ["run_workflow"] = new("actions_run_trigger", "run_workflow"),
        ["rerun_workflow_run"] = new("actions_run_trigger", "rerun_workflow_run"),
        ["rerun_failed_jobs"] = new("actions_run_trigger", "rerun_failed_jobs"),
        ["cancel_workflow_run"] = new("actions_run_trigger", "cancel_workflow_run"),
        ["delete_workflow_run_logs"] = new("actions_run_trigger", "delete_workflow_run_logs"),
        ["list_projects"] = new("projects_list", "list_projects"),
        ["list_project_fields"] = new("projects_list", "list_project_fields"),
        ["list_project_items"] = new("projects_list", "list_project_items"),
        ["get_project"] = new("projects_get", "get_project"),
        ["get_project_field"] = new("projects_get", "get_project_field"),
        ["get_project_item"] = new("projects_get", "get_project_item"),
        ["add_project_item"] = new("projects_write", "add_project_item"),
        ["update_project_item"] = new("projects_write", "update_project_item"),
        ["delete_project_item"] = new("projects_write", "delete_project_item"),
    };

    /// <summary>The tool that a name selects, where it is chosen by settings or headers.</summary>
    public static string Resolve(string name) => Names.TryGetValue(name, out var known) ? known.Selects ?? known.Tool : name;

    public static McpMessageHandler Create(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            if (
                context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: JsonObject call }
                && call["name"] is JsonValue name
                && name.TryGetValue<string>(out var given)
                && Names.TryGetValue(given, out var meant)
                && (call["arguments"] is null or JsonObject)
            )
            {
                call["name"] = meant.Tool;
                call["arguments"] = meant.ArgumentsOf(call["arguments"] as JsonObject ?? []);
            }

            return next(context, cancellationToken);
        };

    private static void FilterRuns(JsonObject arguments)
    {
        var filter = new JsonObject();
        foreach (var name in new[] { "actor", "branch", "event", "status" })
        {
            if (arguments.Remove(name, out var value))
            {
                filter[name] = value;
            }
        }

        if (filter.Count > 0 && !arguments.ContainsKey("workflow_runs_filter"))
        {
            arguments["workflow_runs_filter"] = filter;
        }
    }
}
