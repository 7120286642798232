namespace McpGateway.Authentication;

/// <summary>Who calls, whichever credential was presented.</summary>
/// <param name="Name">For audit lines, rate limits and budgets.</param>
/// <param name="Rights">What the caller may do.</param>
/// <param name="LoggedIn">Whether an app logged in for the caller, which can ask its user for more rights.</param>
public sealed record Caller(string Name, Rights Rights, bool LoggedIn = false)
{
    /// <summary>Everyone, where no token is configured.</summary>
    public static Caller Anonymous { get; } = new("anonymous", Rights.Everything);
}
