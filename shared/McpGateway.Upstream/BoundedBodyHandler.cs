namespace McpGateway.Upstream;

/// <summary>Reads the whole response, up to the limit, while the attempt's timeout still runs; or lets the request's own reader take what it wants of it.</summary>
internal sealed class BoundedBodyHandler(UpstreamApi api) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            if (response.IsSuccessStatusCode && UpstreamApi.ReaderOf(request) is { } readAsync)
            {
                await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
                await readAsync(body, cancellationToken);
                response.Content = new ByteArrayContent([]);
            }
            else
            {
                await response.Content.LoadIntoBufferAsync(api.MaxResponseBytes, cancellationToken);
            }

            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
