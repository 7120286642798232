namespace McpGateway.Upstream;

/// <summary>Reads the whole answer, up to the limit, while the attempt's timeout still runs.</summary>
internal sealed class BoundedBodyHandler(UpstreamApi api) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(api.MaxResponseBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
