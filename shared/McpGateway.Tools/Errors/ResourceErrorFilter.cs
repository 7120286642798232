using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Errors;

/// <summary>
/// Gives a failed read of a resource the error the specification asks for: what is not found says so with its URI, and
/// a URI that cannot be read is the caller's fault, not an internal error.
/// </summary>
internal static class ResourceErrorFilter
{
    private const string FirstRevisionWithoutCodeOfItsOwn = "2026-07-28";

    public static McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> Create(
        McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> next
    ) =>
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
            catch (ToolException e) when (e.IsNotFound)
            {
                var code =
                    string.CompareOrdinal(request.Server.NegotiatedProtocolVersion, FirstRevisionWithoutCodeOfItsOwn) >= 0
                        ? McpErrorCode.InvalidParams
                        : McpErrorCode.ResourceNotFound;
                throw new McpProtocolException(e.Message, e, code) { Data = { ["uri"] = request.Params.Uri } };
            }
            catch (McpException e) when (e is not (McpProtocolException or ToolException))
            {
                throw new McpProtocolException(e.Message, e, McpErrorCode.InvalidParams);
            }
        };

    /// <summary>What cannot be completed, such as the names of a namespace that the caller may not use, is no internal error either.</summary>
    public static McpRequestHandler<CompleteRequestParams, CompleteResult> OfCompletions(
        McpRequestHandler<CompleteRequestParams, CompleteResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            try
            {
                return await next(request, cancellationToken);
            }
            catch (McpException e) when (e is not McpProtocolException)
            {
                throw new McpProtocolException(e.Message, e, McpErrorCode.InvalidParams);
            }
        };
}
