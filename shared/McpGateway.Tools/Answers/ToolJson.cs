using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace McpGateway.Tools.Answers;

public static class ToolJson
{
    // The SDK's own options write every letter beyond ASCII and every quotation mark as an escape, which a model reads as such: six characters for one.
    private static readonly JsonSerializerOptions Readable = new(McpJsonUtilities.DefaultOptions) { Encoder = PlainJsonEncoder.Instance };

    /// <summary>Adds the tools of a class, whose records reach the model as JSON that is readable in every script.</summary>
    public static IMcpServerBuilder AddTools<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicMethods
                | DynamicallyAccessedMemberTypes.NonPublicMethods
                | DynamicallyAccessedMemberTypes.PublicConstructors
        )]
            TTools
    >(this IMcpServerBuilder mcp) => mcp.WithTools<TTools>(Readable);
}
