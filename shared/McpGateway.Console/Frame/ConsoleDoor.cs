namespace McpGateway.Console.Frame;

/// <summary>Whether the console can be opened, which needs an operator secret, and since when the gateway runs.</summary>
/// <param name="Started">A timestamp of the gateway's clock.</param>
internal sealed record ConsoleDoor(bool IsOpen, long Started);
