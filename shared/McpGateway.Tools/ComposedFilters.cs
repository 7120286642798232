using ModelContextProtocol.Server;

namespace McpGateway.Tools;

/// <summary>
/// Puts the filters of each kind of request together once, to one filter. The SDK puts them together for each request and each session: with
/// those of prompts and resources, some fifty handlers that each request makes and each session keeps.
/// </summary>
internal static class ComposedFilters
{
    public static void Compose(McpRequestFilters filters)
    {
        Compose(filters.ListToolsFilters);
        Compose(filters.CallToolFilters);
        Compose(filters.ListPromptsFilters);
        Compose(filters.GetPromptFilters);
        Compose(filters.ListResourcesFilters);
        Compose(filters.ListResourceTemplatesFilters);
        Compose(filters.ReadResourceFilters);
        Compose(filters.SubscribeToResourcesFilters);
        Compose(filters.CompleteFilters);
    }

    private static void Compose<TParams, TResult>(IList<McpRequestFilter<TParams, TResult>> filters)
    {
        if (filters.Count == 0)
        {
            return;
        }

        // What they lead to is the server's, and there is a server for each request: it travels with the request.
        var handler = $"the handler of {typeof(TParams).Name}";
        McpRequestHandler<TParams, TResult> all = (request, cancellationToken) =>
            ((McpRequestHandler<TParams, TResult>)request.Items[handler]!)(request, cancellationToken);
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            all = filters[i](all);
        }

        filters.Clear();
        filters.Add(next =>
            (request, cancellationToken) =>
            {
                request.Items[handler] = next;
                return all(request, cancellationToken);
            }
        );
    }
}
