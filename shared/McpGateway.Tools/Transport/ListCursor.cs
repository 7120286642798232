using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Transport;

/// <summary>
/// The cursor of a list. Lists come whole, so that no cursor was ever given out: an empty one asks for the first page, and any other is
/// refused, as the specification wants, where an empty list would say that there is nothing.
/// </summary>
internal static class ListCursor
{
    public static McpRequestHandler<TParams, TResult> Check<TParams, TResult>(McpRequestHandler<TParams, TResult> next)
        where TParams : PaginatedRequestParams =>
        (request, cancellationToken) =>
        {
            if (request.Params?.Cursor is { Length: > 0 })
            {
                throw new McpProtocolException(
                    "cursor is not one of this list: the list has one page, so call it without a cursor.",
                    McpErrorCode.InvalidParams
                );
            }

            if (request.Params is { } parameters)
            {
                parameters.Cursor = null;
            }

            return next(request, cancellationToken);
        };
}
