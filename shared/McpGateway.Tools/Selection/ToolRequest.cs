using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace McpGateway.Tools.Selection;

/// <summary>What a request asks of the tools, by its path and headers; the path wins.</summary>
/// <param name="Toolsets">A list of toolsets; null for none in particular.</param>
public sealed record ToolRequest(string? Toolsets, string Tools, string Excluded, bool ReadOnly)
{
    /// <summary>What may follow an address of MCP, to choose of its tools.</summary>
    internal static readonly string[] Choices = ["", "/readonly", "/x/{toolsets}", "/x/{toolsets}/readonly"];

    private static readonly string[] Headers = ["X-MCP-Toolsets", "X-MCP-Tools", "X-MCP-Exclude-Tools", "X-MCP-Readonly"];

    // Routes match whatever the case, so this has to as well.
    internal static ToolRequest Of(HttpContext context)
    {
        var headers = context.Request.Headers;
        var toolsets = headers["X-MCP-Toolsets"].ToString();
        return new(
            // What limits a request holds however it is written; the names of toolsets are in lower case.
            (context.GetRouteValue("toolsets") as string ?? (Names(toolsets).Length > 0 ? toolsets : null))?.ToLowerInvariant(),
            headers["X-MCP-Tools"].ToString(),
            headers["X-MCP-Exclude-Tools"].ToString(),
            context.Request.Path.Value!.TrimEnd('/').EndsWith("/readonly", StringComparison.OrdinalIgnoreCase)
                || Flag(headers, "X-MCP-Readonly")
        );
    }

    /// <summary>Whether a header switches something on.</summary>
    public static bool Flag(IHeaderDictionary headers, string name) =>
        headers[name].ToString().Trim().ToLowerInvariant() is not ("" or "false" or "f" or "no" or "n" or "0" or "off");

    /// <summary>Whether a request chooses by headers.</summary>
    internal static bool HasHeaders(HttpRequest request) => Array.Exists(Headers, request.Headers.ContainsKey);

    internal static string[] Names(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
