namespace McpGateway.Authentication;

/// <summary>Who calls, whichever credential was presented.</summary>
/// <param name="Name">For audit lines and rate limits.</param>
/// <param name="MayWrite">Whether the caller may use tools that change something.</param>
public sealed record Caller(string Name, bool MayWrite = true)
{
    /// <summary>Everyone, where no token is configured.</summary>
    public static Caller Anonymous { get; } = new("anonymous");
}
