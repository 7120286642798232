using System.Security.Claims;

namespace McpGateway.Authentication;

/// <summary>The <see cref="Caller"/> of a request, as its claims carry it through the pipeline.</summary>
public static class CallerExtensions
{
    private const string AccessClaim = "access";
    private const string ReadOnly = "read";

    /// <summary>The caller's name; null before authentication.</summary>
    public static string? CallerName(this ClaimsPrincipal user) => user.Identity?.Name;

    /// <summary>Whether the caller may use tools that change something.</summary>
    public static bool MayWrite(this ClaimsPrincipal user) => !user.HasClaim(AccessClaim, ReadOnly);

    internal static ClaimsPrincipal ToPrincipal(this Caller caller, string scheme)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, caller.Name), new(ClaimTypes.Name, caller.Name)], scheme);
        if (!caller.MayWrite)
        {
            identity.AddClaim(new(AccessClaim, ReadOnly));
        }

        return new(identity);
    }
}
