using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>What comes with a tool: offered where the tool is, and only to those who may use it.</summary>
/// <param name="NeedsSession">Whether it can be offered only where a session is kept.</param>
internal sealed record Companion(
    CompanionKind Kind,
    string Tool,
    Action<McpServerOptions, IServiceProvider> Offer,
    bool NeedsSession = false
);

internal enum CompanionKind
{
    Prompts,

    /// <summary>Resources, completions for them, and subscriptions to them.</summary>
    Resources,
}
