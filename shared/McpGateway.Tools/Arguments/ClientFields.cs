namespace McpGateway.Tools.Arguments;

/// <summary>What clients put beside the arguments by themselves. It is not a slip of the model's, and is dropped without a word.</summary>
internal static class ClientFields
{
    // n8n's MCP Client Tool passes on the whole item of its agent; LangChain and others add the id of the call.
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "action",
        "chatInput",
        "sessionId",
        "tool",
        "toolCallId",
        "tool_call_id",
        "toolName",
        "_meta",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
