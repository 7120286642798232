using Microsoft.AspNetCore.Http;

namespace McpGateway.Console;

/// <summary>What the operator asked for cannot be done; the message, a sentence with the remedy, is shown on a page.</summary>
public sealed class ConsoleException(string message, int status = StatusCodes.Status400BadRequest, Exception? inner = null)
    : Exception(message, inner)
{
    public int Status => status;
}
