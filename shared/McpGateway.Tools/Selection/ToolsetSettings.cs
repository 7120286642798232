namespace McpGateway.Tools.Selection;

/// <summary>What an operator's settings say of the tools, where the service has such settings.</summary>
/// <param name="Toolsets">The toolsets offered; empty: the default ones, and every one to a request that asks for it.</param>
/// <param name="Tools">Single tools offered besides.</param>
/// <param name="Excluded">Tools never offered.</param>
/// <param name="ReadOnly">Whether only tools are offered that change nothing.</param>
public sealed record ToolsetSettings(string? Toolsets, string? Tools = null, string? Excluded = null, bool ReadOnly = false);
