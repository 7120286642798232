using McpGateway.Hosting;

namespace Coda;

/// <summary>The table of contents of coda-mcp.</summary>
public static class CodaService
{
    public static GatewayService Definition { get; } = new("coda-mcp", 8080, "Coda", "Reads and edits Coda docs.") { UpstreamTokenSetting = "CODA_API_TOKEN" };

    public static void AddCoda(this GatewayBuilder gateway) => _ = gateway;
}
