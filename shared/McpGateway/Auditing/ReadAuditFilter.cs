using System.Text;
using McpGateway.Authentication;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Auditing;

/// <summary>
/// Times each read of a resource or prompt and records who read what with which outcome. What: the URI template the gateway
/// declares or the prompt's name, never the URI itself, whose variables are argument values.
/// </summary>
internal static class ReadAuditFilter
{
    // What is none of ours has no name: it is the caller's text.
    private const string Unknown = "unknown";

    public static McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> OfResources(McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> next) =>
        Record(
            next, "resource_read", "resource",
            request => request.MatchedPrimitive is McpServerResource resource ? resource.ProtocolResourceTemplate.UriTemplate : Unknown,
            result => result.Contents.Sum(SizeOf));

    public static McpRequestHandler<GetPromptRequestParams, GetPromptResult> OfPrompts(McpRequestHandler<GetPromptRequestParams, GetPromptResult> next) =>
        Record(
            next, "prompt_get", "prompt",
            request => request.MatchedPrimitive is McpServerPrompt prompt ? prompt.ProtocolPrompt.Name : Unknown,
            result => result.Messages.Select(message => message.Content).OfType<TextContentBlock>().Sum(text => (long)Encoding.UTF8.GetByteCount(text.Text)));

    private static McpRequestHandler<TParams, TResult> Record<TParams, TResult>(
        McpRequestHandler<TParams, TResult> next, string @event, string kind, Func<RequestContext<TParams>, string> nameOf, Func<TResult, long> sizeOf) =>
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
                outcome = "ok";
                bytes = sizeOf(result);
                return result;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                outcome = "cancelled";
                throw;
            }
            catch (McpException e)
            {
                outcome = e is McpProtocolException ? "refused" : "error";
                throw;
            }
            finally
            {
                services.GetRequiredService<AuditLog>().Read(@event, kind, request.User?.CallerName(), nameOf(request), outcome, time.GetElapsedTime(started), bytes);
            }
        };

    private static long SizeOf(ResourceContents contents) => contents switch
    {
        TextResourceContents text => Encoding.UTF8.GetByteCount(text.Text),
        BlobResourceContents blob => blob.Blob.Length,
        _ => 0,
    };
}
