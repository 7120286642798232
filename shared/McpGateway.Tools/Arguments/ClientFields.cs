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

    // What a function of one parameter is called with, whose parameter holds all of the tool's.
    private static readonly HashSet<string> Wrappers = new(StringComparer.Ordinal)
    {
        "args",
        "arguments",
        "body",
        "input",
        "kwargs",
        "parameters",
        "params",
        "request",
        "tool_input",
    };

    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Whether an object of this name holds the arguments of the call.</summary>
    public static bool AreArguments(string name) => Wrappers.Contains(name);
}
