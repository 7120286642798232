using McpGateway.Tools.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// Lets go of a call's message once its tool is about to begin and nothing asks the client any more, which would read it again: the arguments
/// are a copy of it, and a message may have many megabytes.
/// </summary>
internal static class SpentMessage
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        (request, cancellationToken) =>
        {
            request.JsonRpcRequest.Params = null;
            if (LargeMessage.IsOne(request.Services!.GetService<IHttpContextAccessor>()?.HttpContext?.Request.ContentLength))
            {
                LargeMessage.Tidy();
            }

            return next(request, cancellationToken);
        };
}
