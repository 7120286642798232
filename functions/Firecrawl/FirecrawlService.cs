using McpGateway.Hosting;

namespace Firecrawl;

/// <summary>The table of contents of firecrawl-mcp.</summary>
public static class FirecrawlService
{
    public static GatewayService Definition { get; } = new("firecrawl-mcp", 8084, "Firecrawl", "Scrapes the web.") { UpstreamTokenSetting = "FIRECRAWL_API_KEY" };

    public static void AddFirecrawl(this GatewayBuilder gateway) => _ = gateway;
}
