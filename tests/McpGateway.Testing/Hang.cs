namespace McpGateway.Testing;

/// <summary>The bound of what is waited for without anything depending on how long it takes. What the product promises has a bound of its own.</summary>
public static class Hang
{
    /// <summary>What takes longer hangs, however busy the machine: with four busy processes beside, a start of three seconds took more than a minute.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(5);
}
