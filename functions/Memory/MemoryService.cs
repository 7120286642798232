using McpGateway.Hosting;

namespace Memory;

/// <summary>The table of contents of memory-mcp.</summary>
public static class MemoryService
{
    public static GatewayService Definition { get; } = new("memory-mcp", 8082, "Memory", "Remembers.");

    public static void AddMemory(this GatewayBuilder gateway) => _ = gateway;
}
