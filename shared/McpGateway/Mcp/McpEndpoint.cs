namespace McpGateway.Mcp;

/// <summary>Marks an endpoint that speaks MCP.</summary>
internal sealed class McpEndpoint
{
    public static readonly McpEndpoint Instance = new();
}
