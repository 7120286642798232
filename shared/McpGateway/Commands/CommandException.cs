namespace McpGateway.Commands;

/// <summary>Ends a <see cref="Command"/> with exit code 1 and the message as one line on standard error: what is wrong, and the remedy.</summary>
public sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner);
