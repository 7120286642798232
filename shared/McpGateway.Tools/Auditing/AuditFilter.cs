using System.Text;
using System.Text.Json;
using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.Telemetry;
using McpGateway.Tools.Budgets;
using McpGateway.Tools.Errors;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Auditing;

/// <summary>
/// Times each tool call and each read of a resource or prompt, and records who asked for what with which outcome. What: a tool's name,
/// the URI template the gateway declares or the prompt's name, never a URI itself, whose variables are argument values.
/// </summary>
internal static class AuditFilter
{
    // A name that is not one of ours is the caller's text.
    private const string Unknown = "unknown";

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> OfTools(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        Record(
            Accounted(next),
            "tool_call",
            "tool",
            request => request.Params.Name,
            result => (result.IsError != true, SizeOf(result.Content)),
            (request, result, outcome, duration) =>
            {
                var metrics = request.Services!.GetRequiredService<GatewayMetrics>();
                var name = KnownNameOf(request);
                var account = request.Items[nameof(CallAccount)] as CallAccount;
                metrics.ToolCalled(name, outcome, duration);
                // Counted where the line is written, beside the call.
                return line =>
                {
                    var tokens = result is null ? 0 : account?.Tokens ?? BudgetFilter.CountTokens(result);
                    line.WriteNumber("tokens", tokens);
                    var credits = account?.Credits ?? 0;
                    if (credits > 0)
                    {
                        line.WriteNumber("credits", credits);
                    }

                    metrics.Answered(name, tokens, credits);
                };
            }
        );

    public static McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> OfResources(
        McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> next
    ) =>
        Record(
            Accounted(next),
            "resource_read",
            "resource",
            request => request.MatchedPrimitive is McpServerResource resource ? resource.ProtocolResourceTemplate.UriTemplate : Unknown,
            result => (true, result.Contents.Sum(SizeOf))
        );

    public static McpRequestHandler<GetPromptRequestParams, GetPromptResult> OfPrompts(
        McpRequestHandler<GetPromptRequestParams, GetPromptResult> next
    ) =>
        Record(
            next,
            "prompt_get",
            "prompt",
            request => request.MatchedPrimitive is McpServerPrompt prompt ? prompt.ProtocolPrompt.Name : Unknown,
            result => (true, SizeOf(result.Messages.Select(message => message.Content)))
        );

    // An unknown tool's name must not become a metric of its own.
    private static string KnownNameOf(RequestContext<CallToolRequestParams> request) =>
        request.MatchedPrimitive is not null ? request.Params.Name : Unknown;

    private static McpRequestHandler<TParams, TResult> Accounted<TParams, TResult>(McpRequestHandler<TParams, TResult> next) =>
        (request, cancellationToken) =>
        {
            if (request.Services is Rehearsal)
            {
                return next(request, cancellationToken);
            }

            var account = new CallAccount(
                request.Services!.GetRequiredService<Purses>(),
                request.User?.CallerName() ?? Unknown,
                request.User.GetRights(),
                request.Services!.GetRequiredService<TimeProvider>()
            );
            request.Items[nameof(CallAccount)] = account;
            CallAccount.Begin(account);
            return next(request, cancellationToken);
        };

    private static McpRequestHandler<TParams, TResult> Record<TParams, TResult>(
        McpRequestHandler<TParams, TResult> next,
        string @event,
        string kind,
        Func<RequestContext<TParams>, string> nameOf,
        Func<TResult, (bool IsOk, long Bytes)> read,
        Func<RequestContext<TParams>, TResult?, string, TimeSpan, Action<Utf8JsonWriter>>? measure = null
    ) =>
        async (request, cancellationToken) =>
        {
            var services = request.Services!;
            var time = services.GetRequiredService<TimeProvider>();
            var started = time.GetTimestamp();
            var outcome = "failed";
            long bytes = 0;
            TResult? result = default;
            try
            {
                result = await next(request, cancellationToken);
                (var isOk, bytes) = read(result);
                outcome =
                    isOk ? "ok"
                    : request.Items.ContainsKey(PendingException.Mark) ? "asked"
                    : "error";
                return result;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                outcome = "cancelled";
                throw;
            }
            catch (InputRequiredException)
            {
                // The client calls again with the reply; that call has a line of its own.
                outcome = "asked";
                throw;
            }
            catch (McpException e)
            {
                outcome = e is McpProtocolException ? "refused" : "error";
                throw;
            }
            finally
            {
                var duration = time.GetElapsedTime(started);
                if (services is not Rehearsal)
                {
                    services
                        .GetRequiredService<AuditLog>()
                        .Write(
                            @event,
                            request.User?.CallerName(),
                            Line(kind, nameOf(request), outcome, duration, bytes, measure?.Invoke(request, result, outcome, duration))
                        );
                }
            }
        };

    // A line waits a while for others. What it holds on to is collected late, which costs several times as much: no request may be among it.
    private static Action<Utf8JsonWriter> Line(
        string kind,
        string name,
        string outcome,
        TimeSpan duration,
        long bytes,
        Action<Utf8JsonWriter>? rest
    ) =>
        line =>
        {
            line.WriteName(kind, name);
            line.WriteString("outcome", outcome);
            line.WriteNumber("ms", Math.Round(duration.Ticks / (decimal)TimeSpan.TicksPerMillisecond, 1));
            // UTF-8 bytes of the text the caller got.
            line.WriteNumber("bytes", bytes);
            rest?.Invoke(line);
        };

    private static long SizeOf(IEnumerable<ContentBlock> content) =>
        content.OfType<TextContentBlock>().Sum(text => (long)Encoding.UTF8.GetByteCount(text.Text));

    private static long SizeOf(ResourceContents contents) =>
        contents switch
        {
            TextResourceContents text => Encoding.UTF8.GetByteCount(text.Text),
            BlobResourceContents blob => blob.Blob.Length,
            _ => 0,
        };
}
