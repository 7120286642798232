using McpGateway.Authentication;
using McpGateway.Tools.Answers;
using ModelContextProtocol.Protocol;

namespace McpGateway.Tools.Selection;

/// <summary>Which tools the rights of a caller allow.</summary>
internal static class ToolRights
{
    /// <summary>Which right a tool lacks, in words that follow its name; null when it may be used.</summary>
    /// <param name="reads">Whether it may be used by whoever may only read.</param>
    public static string? FindRefusal(this Rights rights, Tool tool, bool reads) =>
        rights.ReadOnly && !reads ? "changes data, and you may only read"
        : rights.AllowsName(tool.Name) ? null
        : "is not among the tools you may use";

    /// <summary>Whether a tool's name is allowed. Whoever gets answers may read them to their end.</summary>
    public static bool AllowsName(this Rights rights, string tool) =>
        rights.Allows(tool) || (tool == ReadMoreTools.Name && !rights.Denied.Match(tool));
}
