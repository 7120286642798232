using ConformanceGateway.Content;
using ConformanceGateway.Dialogue;
using ConformanceGateway.Rounds;
using ConformanceGateway.Streaming;
using McpGateway;
using McpGateway.Commands;
using McpGateway.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ConformanceGateway;

/// <summary>
/// The table of contents of the service that the official conformance suite is run against: the tools, prompts and resources
/// its scenarios name, on the same pipeline as every gateway.
/// </summary>
public static class ConformanceService
{
    public static GatewayService Definition { get; } =
        new("conformance-mcp", 8089, "Conformance", "Fixtures of the MCP conformance suite.")
        {
            Commands = [new("wait", "waits until it is stopped", WaitAsync)],
        };

    public static void AddConformance(this GatewayBuilder gateway) =>
        gateway
            .Mcp.WithTools<ContentTools>()
            .WithTools([SchemaTool.Create()])
            .WithTools<StreamingTools>()
            .WithTools<SlowTools>()
            .WithTools<SamplingTools>()
            .WithTools<ElicitationTools>()
            .WithTools<RoundTools>()
            .WithTools<RequestStateTools>()
            .WithTools<CapabilityTools>()
            .WithPrompts<SamplePrompts>()
            .WithPrompts<RoundPrompts>()
            .WithResources<SampleResources>()
            .WithPromptCompletion()
            .WithLogLevel()
            .WithResourceSubscriptions();

    private static async Task<int> WaitAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await context.Output.WriteLineAsync("waiting");
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }
}
