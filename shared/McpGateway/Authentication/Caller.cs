using System.Security.Claims;

namespace McpGateway.Authentication;

/// <summary>Who calls: the name of the token that was presented.</summary>
public static class Caller
{
    /// <summary>The name of everyone when no token is configured.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>The caller's name, for audit lines and rate limits; null before authentication.</summary>
    public static string? CallerName(this ClaimsPrincipal user) => user.Identity?.Name;

    internal static ClaimsIdentity Identity(string name, string scheme) =>
        new([new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Name, name)], scheme);
}
