using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Streaming;

/// <summary>Tools that say something before they answer.</summary>
public sealed partial class StreamingTools
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Logs three messages while it works.</summary>
    [McpServerTool(Name = "test_tool_with_logging", ReadOnly = true)]
    public static async partial Task<string> LogAsync(McpServer server, CancellationToken cancellationToken)
    {
        await server.LogAsync("Tool execution started", cancellationToken);
        await Task.Delay(Pause, cancellationToken);
        await server.LogAsync("Tool processing data", cancellationToken);
        await Task.Delay(Pause, cancellationToken);
        await server.LogAsync("Tool execution completed", cancellationToken);
        return "Three messages were logged.";
    }

    /// <summary>Logs one message, for whoever has asked for messages.</summary>
    [McpServerTool(Name = "test_logging_tool", ReadOnly = true)]
    public static async partial Task<string> LogOnceAsync(McpServer server, CancellationToken cancellationToken)
    {
        await server.LogAsync("Tool executed", cancellationToken);
        return "One message was logged.";
    }

    /// <summary>Reports its progress.</summary>
    [McpServerTool(Name = "test_tool_with_progress", ReadOnly = true)]
    public static async partial Task<string> ReportProgressAsync(
        RequestContext<CallToolRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        foreach (var progress in new[] { 0, 50, 100 })
        {
            if (context.Params.ProgressToken is { } token)
            {
                await context.Server.NotifyProgressAsync(
                    token,
                    new() { Progress = progress, Total = 100 },
                    cancellationToken: cancellationToken
                );
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return "Done.";
    }

    /// <summary>Answers on the stream of its request, which carries nothing else.</summary>
    [McpServerTool(Name = "test_streaming_elicitation", ReadOnly = true)]
    public static partial string StreamNothingElse() => "Only this result was streamed.";

    /// <summary>Runs a query in a region, which proxies may route by.</summary>
    /// <param name="region">The region, repeated in the header Mcp-Param-Region.</param>
    /// <param name="query">The query.</param>
    [McpServerTool(Name = "test_header_tool", ReadOnly = true)]
    public static partial string RunInRegion([McpHeader("Region")] string region, string query) => $"Ran {query} in {region}.";
}
