using System.Text;
using System.Text.Json.Nodes;
using McpGateway.Authentication;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Answers;

/// <summary>Cuts every result that is longer than a model can take in, whichever tool gave it, and keeps the rest for firecrawl_read_more.</summary>
internal static class LongAnswerFilter
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            if (
                result is { IsError: not true, Content: [TextContentBlock { Text: var text }] }
                && Encoding.UTF8.GetByteCount(text) > Answer.MostBytes
            )
            {
                var answers = request.Services!.GetRequiredService<LongAnswers>();
                result.Content =
                [
                    new TextContentBlock { Text = answers.Begin(JsonNode.Parse(text)!.AsObject(), request.User?.CallerName()) },
                ];
            }

            return result;
        };
}
