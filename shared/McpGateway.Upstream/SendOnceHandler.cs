namespace McpGateway.Upstream;

/// <summary>
/// Keeps the socket from sending a write twice. <see cref="SocketsHttpHandler"/> sends a request again by itself when a pooled connection breaks before
/// the response begins, although the server may have acted on it; but never one whose content it has begun to send. So every write has a content, of
/// no bytes where it would have none.
/// </summary>
internal sealed class SendOnceHandler(HttpMessageHandler socket) : DelegatingHandler(socket)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null || request.Method == HttpMethod.Get || request.Method == HttpMethod.Head)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        using var nothing = new ByteArrayContent([]);
        request.Content = nothing;
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            // For the handlers around this one the request still has no content.
            request.Content = null;
        }
    }
}
