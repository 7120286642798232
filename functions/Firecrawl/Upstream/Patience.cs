using McpGateway.Upstream.Calls;

namespace Firecrawl.Upstream;

/// <summary>
/// Gives a call the time its caller asks for, and some more for the response to arrive: Firecrawl's own word on a timeout is better
/// than ours.
/// </summary>
internal static class Patience
{
    private const int ToAnswer = 15;

    /// <param name="timeout">In milliseconds, as most of the API takes it.</param>
    public static void Allow(int? timeout) => AllowSeconds(timeout / 1000);

    public static void AllowSeconds(int? timeout)
    {
        if (timeout is > 0 and var seconds)
        {
            UpstreamCall.Current?.Extend(TimeSpan.FromSeconds((double)seconds + ToAnswer));
        }
    }
}
