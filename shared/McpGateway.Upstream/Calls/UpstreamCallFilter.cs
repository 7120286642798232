using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Upstream.Calls;

/// <summary>Begins the <see cref="UpstreamCall"/> of each tool call, and says in its result what was left out of responses.</summary>
internal static class UpstreamCallFilter
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var call = new UpstreamCall(
                request.Services!.GetRequiredService<TimeProvider>(),
                request.Services!.GetRequiredService<CallOptions>().Deadline,
                request.MatchedPrimitive is McpServerTool { ProtocolTool.Annotations.ReadOnlyHint: true },
                value =>
                    request.Params.ProgressToken is { } token
                        ? request.Server.NotifyProgressAsync(token, value, cancellationToken: cancellationToken)
                        : Task.CompletedTask
            );
            UpstreamCall.Begin(call);
            var result = await next(request, cancellationToken);
            return call.LeftOut > 0 && result.IsError != true ? WithNote(result, call.LeftOut) : result;
        };

    private static CallToolResult WithNote(CallToolResult result, int count)
    {
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{count} {(count == 1 ? "item" : "items")} of the API's response could not be read and {(count == 1 ? "is" : "are")} left out."
        );
        result.Content = [.. result.Content, new TextContentBlock { Text = note }];
        if (result.StructuredContent is { } structured && JsonObject.Create(structured) is { } members)
        {
            members["leftOut"] = note;
            result.StructuredContent = JsonSerializer.SerializeToElement(members);
        }

        return result;
    }
}
