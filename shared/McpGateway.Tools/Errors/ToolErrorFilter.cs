using System.Globalization;
using System.Text.Json;
using McpGateway.State.Database;
using McpGateway.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Errors;

/// <summary>
/// A failed tool call is a tool result. An <see cref="McpException"/> is a sentence meant for the model and reaches it
/// unchanged, with its <see cref="ToolException.Details"/> where the tool declares no output schema; anything else is a defect: the model
/// learns nothing of it, the log everything.
/// </summary>
internal static partial class ToolErrorFilter
{
    private const int LongestQuote = 200;

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            try
            {
                return await next(request, cancellationToken);
            }
            catch (ToolException e) when (request.MatchedPrimitive is McpServerTool { ProtocolTool.OutputSchema: null })
            {
                return Failed(e.Message, e.Details);
            }
            catch (McpException e) when (e is not McpProtocolException)
            {
                if (e is PendingException)
                {
                    request.Items[PendingException.Mark] = true;
                }

                return Failed(ShortenQuotes(e.Message, request.Params.Arguments));
            }
            catch (InputRequiredException) when (!request.Server.IsMrtrSupported)
            {
                return Failed(
                    $"The tool '{request.Params.Name}' has to ask the user something, and this client cannot pass a question on."
                );
            }
            catch (StateException e)
            {
                ToolFailed(Logger(request), e, request.Params.Name);
                return Failed(
                    $"'{request.Params.Name}' needs what the gateway remembers, which cannot be read or written at present. {EffectOf(request)} "
                        + "Call again in a few seconds. The operator's log has the details."
                );
            }
            catch (OutOfMemoryException e)
            {
                // Of one large response, which has been let go by now.
                ToolFailed(Logger(request), e, request.Params.Name);
                return Failed(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The response of '{request.Params.Name}' is too large for the memory of this gateway ({Megabytes():N0} MB). "
                    ) + $"{EffectOf(request)} Ask for less at once; the operator can give the gateway more memory."
                );
            }
#pragma warning disable CA1031 // The one place where an unexpected exception of a tool ends.
            catch (Exception e) when (e is not (McpException or OperationCanceledException or InputRequiredException))
#pragma warning restore CA1031
            {
                ToolFailed(Logger(request), e, request.Params.Name);
                return Failed(
                    $"The tool '{request.Params.Name}' failed unexpectedly. {EffectOf(request)} The operator's log has the details."
                );
            }
        };

    private static ILogger Logger(RequestContext<CallToolRequestParams> request) =>
        request.Services!.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ToolErrorFilter));

    private static string EffectOf(RequestContext<CallToolRequestParams> request) =>
        request.MatchedPrimitive is McpServerTool { ProtocolTool.Annotations.ReadOnlyHint: true }
            ? "It only reads, so nothing was changed."
            : "It may have taken effect: check before you try again.";

    /// <summary>A message quotes what was given; of a long text the beginning says enough.</summary>
    private static string ShortenQuotes(string message, IDictionary<string, JsonElement>? arguments)
    {
        foreach (var value in message.Length > LongestQuote ? arguments?.Values ?? [] : [])
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > LongestQuote } text)
            {
                message = message.Replace(text, Cut.To(text, LongestQuote), StringComparison.Ordinal);
            }
        }

        return message;
    }

    private static long Megabytes() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024);

    private static CallToolResult Failed(string message, JsonElement? details = null) =>
        new()
        {
            IsError = true,
            Content = [new TextContentBlock { Text = message }],
            StructuredContent = details,
        };

    [LoggerMessage(LogLevel.Error, "The tool {Tool} failed unexpectedly")]
    private static partial void ToolFailed(ILogger logger, Exception exception, string tool);
}
