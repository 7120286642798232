using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Mcp;

/// <summary>Adds the URI to the error's data where no resource matches it, as the specification asks for.</summary>
internal static class UnknownResourceFilter
{
    public static McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> Create(McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> next) =>
        async (request, cancellationToken) =>
        {
            try
            {
                return await next(request, cancellationToken);
            }
            catch (McpProtocolException e) when (request.MatchedPrimitive is null)
            {
                e.Data["uri"] = request.Params.Uri;
                throw;
            }
        };
}
