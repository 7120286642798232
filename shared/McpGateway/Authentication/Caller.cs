using Microsoft.AspNetCore.Http;

namespace McpGateway.Authentication;

/// <summary>Who calls, whichever credential was presented.</summary>
/// <param name="Name">For audit lines, rate limits and budgets.</param>
/// <param name="Rights">What the caller may do.</param>
/// <param name="LoggedIn">Whether an app logged in for the caller, which can ask its user for more rights.</param>
/// <param name="IsOperator">Whether it is the operator in person, on a page of the gateway.</param>
/// <param name="Below">The address that the token was asked for, if not for all of the gateway: it is good there and below.</param>
public sealed record Caller(string Name, Rights Rights, bool LoggedIn = false, bool IsOperator = false, PathString Below = default)
{
    /// <summary>The operator in person, where a page of the gateway acts for it.</summary>
    public static Caller Operator { get; } = new("operator", Rights.Everything, IsOperator: true);

    /// <summary>Everyone, where no token is configured.</summary>
    public static Caller Anonymous { get; } = new("anonymous", Rights.Everything);

    /// <summary>Whether the token is good at an address.</summary>
    public bool MayCall(PathString path) => !Below.HasValue || path.StartsWithSegments(Below);

    /// <summary>
    /// Whether a name is one that the gateway itself gives, to the operator, to apps and to all together: a token of that name would be taken for
    /// them in the audit, in a history and in budgets.
    /// </summary>
    internal static bool IsReserved(string name) =>
        name.Equals(Operator.Name, StringComparison.OrdinalIgnoreCase)
        || name.Equals(Anonymous.Name, StringComparison.OrdinalIgnoreCase)
        || name == "*"
        || name.StartsWith("oauth:", StringComparison.OrdinalIgnoreCase);
}
