using System.Diagnostics.Metrics;

namespace McpGateway.Telemetry;

/// <summary>The gateway's own measurements; requests and upstream calls are measured by ASP.NET Core and HttpClient.</summary>
public sealed class GatewayMetrics(IMeterFactory meters)
{
    public const string MeterName = "McpGateway";

    private readonly Histogram<double> toolCalls = meters
        .Create(MeterName)
        .CreateHistogram<double>("mcp_gateway.tool_call.duration", "s", "Duration of a tool call, by tool and outcome.");

    public void ToolCalled(string tool, string outcome, TimeSpan duration) =>
        toolCalls.Record(duration.TotalSeconds, new("tool", tool), new("outcome", outcome));
}
