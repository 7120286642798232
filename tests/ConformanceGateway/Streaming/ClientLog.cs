using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Streaming;

/// <summary>Log messages to the client, at the level the client has asked for.</summary>
internal static class ClientLog
{
    private const string Name = "conformance-mcp";

    /// <summary>Sends a message, if the client wants messages of its level.</summary>
    public static Task LogAsync(this McpServer server, string message, CancellationToken cancellationToken) =>
        server.LoggingLevel is { } level && level <= LoggingLevel.Info
            ? server.SendNotificationAsync(
                NotificationMethods.LoggingMessageNotification,
                new LoggingMessageNotificationParams
                {
                    Level = LoggingLevel.Info,
                    Logger = Name,
                    Data = JsonSerializer.SerializeToElement(message),
                },
                cancellationToken: cancellationToken
            )
            : Task.CompletedTask;

    /// <summary>Accepts <c>logging/setLevel</c>; the SDK keeps the level.</summary>
    public static IMcpServerBuilder WithLogLevel(this IMcpServerBuilder mcp) =>
        mcp.WithSetLoggingLevelHandler((_, _) => ValueTask.FromResult(new EmptyResult()));
}
