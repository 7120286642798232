namespace McpGateway.Upstream.Calls;

/// <summary>
/// Timers cut a wait to whole milliseconds. Whoever waits for what is left of a time would be woken just before its end, and begin again
/// with a rest that is not a wait at all.
/// </summary>
public static class WholeMilliseconds
{
    public static TimeSpan RoundedUp(this TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
