using McpGateway.Upstream.Reading;

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
        // Broken gzip or deflate, and broken brotli.
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            using (response)
            {
                throw UnreadableResponse.Create(api, response, "a compressed body that is broken", e);
            }
        }
        catch (Exception e)
            when (e is IOException or HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded })
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The body broke off.", e, response.StatusCode);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
