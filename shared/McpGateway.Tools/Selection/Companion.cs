using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>What comes with a tool: offered where the tool is, and only to those who may use it.</summary>
internal sealed record Companion(CompanionKind Kind, string Tool, Action<McpServerOptions, IServiceProvider> Offer);

internal enum CompanionKind
{
    Prompts,

    /// <summary>Resources, and completions for them.</summary>
    Resources,
}
