namespace McpGateway.Console.Frame;

/// <summary>Whether the console can be opened, which needs an operator secret, and since when the gateway runs.</summary>
internal sealed record ConsoleDoor(bool IsOpen, DateTimeOffset Started);
