namespace McpGateway.State.Database;

/// <summary>The state cannot be read or written, so that nothing was decided; the message names where it is and the remedy.</summary>
public sealed class StateException(string message, Exception? inner = null) : Exception(message, inner);
