using System.Security.Claims;

namespace McpGateway.Authentication;

/// <summary>The <see cref="Caller"/> of a request, as its identity carries it through the pipeline.</summary>
public static class CallerExtensions
{
    /// <summary>The caller's name; null before authentication.</summary>
    public static string? CallerName(this ClaimsPrincipal user) => user.Identity?.Name;

    /// <summary>What the caller may do; nothing before authentication.</summary>
    public static Rights GetRights(this ClaimsPrincipal? user) => (user?.Identity as CallerIdentity)?.Caller.Rights ?? Rights.Nothing;

    /// <summary>Whether an app logged in for the caller, which can ask its user for more rights.</summary>
    public static bool IsLoggedIn(this ClaimsPrincipal user) => user.Identity is CallerIdentity { Caller.LoggedIn: true };

    /// <summary>Whether it is the operator in person, on a page of the gateway.</summary>
    public static bool IsOperator(this ClaimsPrincipal? user) => user?.Identity is CallerIdentity { Caller.IsOperator: true };

    internal static ClaimsPrincipal ToPrincipal(this Caller caller, string scheme) => new(new CallerIdentity(caller, scheme));

    // The transport takes the identifier for the owner of a session. The name is asked for several times in each call.
    private sealed class CallerIdentity(Caller caller, string scheme)
        : ClaimsIdentity([new(ClaimTypes.NameIdentifier, caller.Name)], scheme)
    {
        public Caller Caller => caller;

        public override string Name => caller.Name;
    }
}
