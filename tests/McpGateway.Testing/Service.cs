namespace McpGateway.Testing;

/// <summary>A line of the file <c>services</c>.</summary>
/// <param name="Name">What it is called: <c>coda</c>, in containers <c>coda-mcp-gateway</c>.</param>
/// <param name="Project">Its folder in functions/, its assembly and its program.</param>
/// <param name="Port">The port it listens on unless told otherwise.</param>
/// <param name="TokenSetting">The setting of its upstream token; null where it has no upstream.</param>
public sealed record Service(string Name, string Project, int Port, string? TokenSetting);
