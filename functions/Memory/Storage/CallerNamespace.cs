using Memory.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Memory.Storage;

/// <summary>
/// Which part of the memory a request is about: the path says so, and nothing else does. A model cannot name another one.
/// </summary>
internal sealed class CallerNamespace(IHttpContextAccessor http)
{
    /// <summary>Where MCP is served for a namespace other than the default one.</summary>
    public const string Path = "/mcp/n/{namespace}";

    /// <exception cref="InvalidOperationException">There is no request: whoever works without one names the namespace.</exception>
    /// <exception cref="ModelContextProtocol.McpException">The path holds no usable name.</exception>
    public string Name =>
        http.HttpContext is { } request
            ? Spaces.Check(request.GetRouteValue("namespace") as string ?? Spaces.Default)
            : throw new InvalidOperationException("The memory was used outside of a request without the name of a namespace.");
}
