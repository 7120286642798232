using McpGateway.Authentication;
using McpGateway.Tools.Answers;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>Which tools the rights of a caller allow.</summary>
internal static class ToolRights
{
    public static bool OnlyReads(Tool tool) => tool.Annotations?.ReadOnlyHint == true;

    public static bool Allow(this Rights rights, McpServerTool tool) => rights.FindRefusal(tool.ProtocolTool) is null;

    /// <summary>Which right a tool lacks, in words that follow its name; null when it may be used.</summary>
    public static string? FindRefusal(this Rights rights, Tool tool) =>
        rights.ReadOnly && !OnlyReads(tool) ? "changes data, and you may only read"
        : rights.AllowsName(tool.Name) ? null
        : "is not among the tools you may use";

    /// <summary>Whether a tool's name is allowed. Whoever gets answers may read them to their end.</summary>
    public static bool AllowsName(this Rights rights, string tool) =>
        rights.Allows(tool) || (tool == ReadMoreTools.Name && !rights.Denied.Match(tool));
}
