using System.Text;
using McpGateway.Authentication;
using McpGateway.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Auditing;

/// <summary>Times each tool call and records who called what with which outcome.</summary>
internal static class AuditFilter
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        async (request, cancellationToken) =>
        {
            var services = request.Services!;
            var time = services.GetRequiredService<TimeProvider>();
            var started = time.GetTimestamp();
            var outcome = "failed";
            long bytes = 0;
            try
            {
                var result = await next(request, cancellationToken);
                outcome = result.IsError == true ? "error" : "ok";
                bytes = result.Content.OfType<TextContentBlock>().Sum(text => (long)Encoding.UTF8.GetByteCount(text.Text));
                return result;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                outcome = "cancelled";
                throw;
            }
            catch (InputRequiredException)
            {
                // The client calls again with the answer; that call has a line of its own.
                outcome = "asked";
                throw;
            }
            catch (McpProtocolException)
            {
                outcome = "refused";
                throw;
            }
            finally
            {
                var duration = time.GetElapsedTime(started);
                // A name that is no tool of ours is the caller's text: it must not become a metric of its own.
                var known = request.MatchedPrimitive is not null ? request.Params.Name : "unknown";
                services.GetRequiredService<GatewayMetrics>().ToolCalled(known, outcome, duration);
                services.GetRequiredService<AuditLog>().ToolCalled(request.User?.CallerName(), request.Params.Name, outcome, duration, bytes);
            }
        };
}
