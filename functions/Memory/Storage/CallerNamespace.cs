using McpGateway.Authentication;
using Memory.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>
/// Which part of the memory a request is about: the path says so, and nothing else does. A model cannot name another one.
/// </summary>
internal sealed class CallerNamespace(IHttpContextAccessor http)
{
    /// <summary>Where MCP is served for a namespace other than the default one.</summary>
    public const string Path = "/mcp/n/{namespace}";

    /// <exception cref="InvalidOperationException">There is no request: whoever works without one names the namespace.</exception>
    /// <exception cref="McpException">The path holds no usable name, or one that the caller may not use.</exception>
    public string Name =>
        http.HttpContext is { } request
            ? Allowed(request, Spaces.Check(request.GetRouteValue("namespace") as string ?? Spaces.Default))
            : throw new InvalidOperationException("The memory was used outside of a request without the name of a namespace.");

    private static string Allowed(HttpContext request, string name) =>
        request.User.GetRights() is var rights && rights.Places.All(places => Has(places, name))
            ? name
            : throw new McpException(
                $"The namespace '{name}' is not among those you may use: the rights of '{request.User.CallerName()}' are '{rights}'. "
                    + $"{UseOf(rights)}sk the operator of this gateway."
            );

    private static bool Has(Places places, string name) => places.Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string UseOf(Rights rights) =>
        rights.Places[0].Names.Where(name => rights.Places.All(places => Has(places, name))).Select(PathOf).ToList() is { Count: > 0 } paths
            ? $"Use {string.Join(" or ", paths)}, or a"
            : "A";

    private static string PathOf(string name) =>
        name == Spaces.Default ? "/mcp" : Path.Replace("{namespace}", name, StringComparison.Ordinal);
}
