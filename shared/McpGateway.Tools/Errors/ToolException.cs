using System.Text.Json;
using ModelContextProtocol;

namespace McpGateway.Tools.Errors;

/// <summary>A failure that tells programs what it tells the model in a sentence.</summary>
public class ToolException(string message, Exception? inner = null) : McpException(message, inner)
{
    /// <summary>The failure in members, for <c>structuredContent</c>; null when the sentence is all.</summary>
    public virtual JsonElement? Details => null;

    /// <summary>Whether what was asked for does not exist, or not for this gateway.</summary>
    public virtual bool IsNotFound => false;
}
