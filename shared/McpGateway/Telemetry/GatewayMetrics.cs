using System.Diagnostics.Metrics;

namespace McpGateway.Telemetry;

/// <summary>The gateway's own measurements; requests and upstream calls are measured by ASP.NET Core and HttpClient.</summary>
/// <param name="areExported">Whether measurements leave the process.</param>
public sealed class GatewayMetrics(IMeterFactory meters, bool areExported)
{
    public const string MeterName = "McpGateway";

    private readonly Histogram<double> toolCalls = meters
        .Create(MeterName)
        .CreateHistogram<double>(
            "mcp_gateway.tool_call.duration",
            "s",
            "Duration of a tool call, by tool and outcome.",
            advice: new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] }
        );

    private readonly Counter<long> tokens = meters
        .Create(MeterName)
        .CreateCounter<long>(
            "mcp_gateway.answer.tokens",
            "{token}",
            "Tokens of the answers of tools (o200k, estimated on the high side), by tool."
        );

    private readonly Counter<long> credits = meters
        .Create(MeterName)
        .CreateCounter<long>("mcp_gateway.credits", "{credit}", "Credits spent at the vendor, by tool.");

    /// <summary>Whether measurements leave the process.</summary>
    public bool AreExported => areExported;

    public void ToolCalled(string tool, string outcome, TimeSpan duration) =>
        toolCalls.Record(duration.TotalSeconds, new("tool", tool), new("outcome", outcome));

    /// <summary>What an answer was made of.</summary>
    public void Answered(string tool, long tokensOfAnswer, long creditsSpent)
    {
        if (tokensOfAnswer > 0)
        {
            tokens.Add(tokensOfAnswer, new KeyValuePair<string, object?>("tool", tool));
        }

        if (creditsSpent > 0)
        {
            credits.Add(creditsSpent, new KeyValuePair<string, object?>("tool", tool));
        }
    }
}
