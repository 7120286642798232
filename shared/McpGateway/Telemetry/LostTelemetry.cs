using System.Diagnostics.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpGateway.Telemetry;

/// <summary>Tells the operator, once, that traces and metrics go nowhere: OpenTelemetry keeps its troubles to an event source.</summary>
internal sealed partial class LostTelemetry(ILogger<LostTelemetry> logger) : EventListener, IHostedService
{
    // By gRPC, the protocol that is the default, a collector that is away is not an error there.
    private static readonly string[] WarningsOfLoss = ["TransientHttpError", "RequestTimedOut", "OperationUnexpectedlyCanceled"];

    private int told;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var isLoss = eventData.Level <= EventLevel.Error || WarningsOfLoss.Contains(eventData.EventName);
        if (isLoss && Interlocked.Exchange(ref told, 1) == 0)
        {
            NotExported(eventData.EventName);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Traces and metrics are lost: the collector at OTEL_EXPORTER_OTLP_ENDPOINT cannot be reached or refuses them ({Event}). This is told once"
    )]
    private partial void NotExported(string? @event);
}
