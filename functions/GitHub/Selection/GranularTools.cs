using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Selection;

/// <summary>
/// The official server's granular tools (its flags issues_granular and pull_requests_granular) do one thing each that one of ours does by an argument. Calls
/// of them are taken, and they are never listed: prompts written for them work, and no list gets longer.
/// </summary>
internal static class GranularTools
{
    private static readonly Dictionary<string, Meant> Names = new(StringComparer.Ordinal)
    {
        ["create_issue"] = new("issue_write", "create"),
        ["update_issue_title"] = new("issue_write", "update"),
        ["update_issue_body"] = new("issue_write", "update"),
        ["update_issue_assignees"] = new("issue_write", "update"),
        ["update_issue_labels"] = new("issue_write", "update"),
        ["update_issue_milestone"] = new("issue_write", "update"),
        ["update_issue_state"] = new("issue_write", "update"),
        ["update_issue_type"] = new("issue_write", "update", ("issue_type", "type")),
        ["add_issue_reaction"] = new("add_issue_comment", null, ("content", "reaction")),
        ["add_sub_issue"] = new("sub_issue_write", "add"),
        ["remove_sub_issue"] = new("sub_issue_write", "remove"),
        ["reprioritize_sub_issue"] = new("sub_issue_write", "reprioritize"),
        ["update_pull_request_title"] = new("update_pull_request"),
        ["update_pull_request_body"] = new("update_pull_request"),
        ["update_pull_request_state"] = new("update_pull_request"),
        ["update_pull_request_draft_state"] = new("update_pull_request"),
        ["request_pull_request_reviewers"] = new("update_pull_request"),
        ["create_pull_request_review"] = new("pull_request_review_write", "create"),
        ["submit_pending_pull_request_review"] = new("pull_request_review_write", "submit_pending"),
        ["delete_pending_pull_request_review"] = new("pull_request_review_write", "delete_pending"),
        ["add_pull_request_review_comment"] = new("add_comment_to_pending_review"),
        ["add_pull_request_review_comment_reaction"] = new(
            "add_reply_to_pull_request_comment",
            null,
            ("comment_id", "commentId"),
            ("content", "reaction")
        ),
    };

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

    /// <param name="Tool">The tool that does it.</param>
    /// <param name="Method">By which of its methods.</param>
    /// <param name="Renamed">Arguments that it calls otherwise.</param>
    private sealed record Meant(string Tool, string? Method = null, params (string From, string To)[] Renamed)
    {
        public JsonObject ArgumentsOf(JsonObject given)
        {
            var arguments = new JsonObject(
                given.Select(argument =>
                    KeyValuePair.Create(
                        Renamed.FirstOrDefault(name => name.From == argument.Key).To ?? argument.Key,
                        argument.Value?.DeepClone()
                    )
                )
            );
            if (Method is not null)
            {
                arguments["method"] = Method;
            }

            return arguments;
        }
    }
}
