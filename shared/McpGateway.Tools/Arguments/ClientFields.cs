using System.Text.Json;
using McpGateway.Text;

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

    // What a function of one parameter is called with, whose parameter holds all of the tool's: without case and separators.
    private static readonly HashSet<string> Wrappers = new(StringComparer.Ordinal)
    {
        "arg",
        "arg1",
        "argument",
        "body",
        "data",
        "input",
        "json",
        "kwarg",
        "parameter",
        "param",
        "payload",
        "request",
        "toolarg",
        "toolinput",
    };

    // What a call is named by where a model writes all of it into its arguments.
    private static readonly HashSet<string> ToolNames = new(StringComparer.Ordinal) { "function", "method", "name", "tool", "toolname" };

    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Whether an object of this name holds the arguments of the call.</summary>
    public static bool AreArguments(string name) => Wrappers.Contains(NearName.Loose(name));

    /// <summary>Whether an argument only repeats the name of the tool.</summary>
    public static bool IsName(string name, JsonElement value, string tool) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(tool) && ToolNames.Contains(NearName.Loose(name));
}
