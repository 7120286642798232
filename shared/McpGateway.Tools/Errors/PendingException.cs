using ModelContextProtocol;

namespace McpGateway.Tools.Errors;

/// <summary>The call waits for somebody's yes; the message says whose and where.</summary>
public sealed class PendingException(string message) : McpException(message)
{
    /// <summary>Marks the request that waits, for its audit line: what reaches the caller is a failed result like others.</summary>
    internal const string Mark = "pending";
}
