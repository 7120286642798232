using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GitHub.Toolsets;

/// <summary>What a request asks of the tools, by its path and headers; the path wins.</summary>
internal sealed record ToolRequest(
    string? Toolsets,
    IReadOnlyList<string> Tools,
    IReadOnlyList<string> Excluded,
    bool ReadOnly,
    bool Lockdown
)
{
    /// <summary>The route patterns besides /mcp.</summary>
    public static readonly string[] Paths = ["/mcp/readonly", "/mcp/x/{toolset}", "/mcp/x/{toolset}/readonly"];

    // Routes match whatever the case, so this has to as well.
    public static ToolRequest Of(HttpContext context)
    {
        var headers = context.Request.Headers;
        return new(
            context.GetRouteValue("toolset") as string
                ?? (List(headers["X-MCP-Toolsets"].ToString()) is { Length: > 0 } toolsets ? string.Join(',', toolsets) : null),
            List(headers["X-MCP-Tools"].ToString()),
            List(headers["X-MCP-Exclude-Tools"].ToString()),
            context.Request.Path.Value!.TrimEnd('/').EndsWith("/readonly", StringComparison.OrdinalIgnoreCase)
                || IsTrue(headers["X-MCP-Readonly"].ToString()),
            IsTrue(headers["X-MCP-Lockdown"].ToString())
        );
    }

    private static string[] List(string header) =>
        header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsTrue(string header) =>
        header.Trim().ToLowerInvariant() is not ("" or "false" or "f" or "no" or "n" or "0" or "off");
}
