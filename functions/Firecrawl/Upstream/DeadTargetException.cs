using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>A URL that nobody can fetch: others beside it can be.</summary>
/// <param name="reason">What is wrong, without the field.</param>
internal sealed class DeadTargetException(string message, string reason) : McpException(message)
{
    public string Reason { get; } = reason;
}
