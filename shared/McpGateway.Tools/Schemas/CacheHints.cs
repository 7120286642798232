using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Schemas;

/// <summary>
/// Tells clients of 2026-07-28 how long a list stays good: it only changes when the gateway is restarted, and it is the
/// caller's own. What is read may change at once, and stays without a hint (the SDK then says 0).
/// </summary>
internal static class CacheHints
{
    private const string FirstRevisionWithHints = "2026-07-28";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static McpRequestHandler<TParams, TResult> OnList<TParams, TResult>(McpRequestHandler<TParams, TResult> next)
        where TResult : ICacheableResult =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            // Older revisions know no such fields, and strict clients refuse them.
            if (string.CompareOrdinal(request.JsonRpcRequest.Context?.ProtocolVersion, FirstRevisionWithHints) >= 0)
            {
                result.TimeToLive = Lifetime;
                result.CacheScope = CacheScope.Private;
            }

            return result;
        };
}
