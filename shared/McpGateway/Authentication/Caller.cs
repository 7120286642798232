using System.Security.Claims;
using McpGateway.OAuth;

namespace McpGateway.Authentication;

/// <summary>Who calls, whichever credential was presented: a name, and what the caller may do.</summary>
public static class Caller
{
    private const string ScopeClaim = "scope";

    /// <summary>The name of everyone when no token is configured.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>The caller's name, for audit lines and rate limits; null before authentication.</summary>
    public static string? CallerName(this ClaimsPrincipal user) => user.Identity?.Name;

    /// <summary>Whether the caller may use tools that change something. Only a token of OAuth can have less.</summary>
    public static bool MayWrite(this ClaimsPrincipal user) => user.FindFirst(ScopeClaim) is not { } scope || Scopes.MayWrite(scope.Value);

    internal static ClaimsIdentity Identity(string name, string scheme, string scope = Scopes.Full) =>
        new([new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Name, name), new(ScopeClaim, scope)], scheme);
}
