using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>FIRECRAWL_SAFE_MODE: no page actions, webhooks and code.</summary>
internal sealed class SafeMode(FirecrawlOptions options)
{
    /// <exception cref="McpException">Safe mode is on.</exception>
    public void RefuseBrowser()
    {
        if (options.SafeMode)
        {
            throw new McpException(
                "Work in a live browser is refused: this gateway runs in safe mode (FIRECRAWL_SAFE_MODE), without page actions, webhooks and code."
            );
        }
    }
}
