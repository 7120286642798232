using System.Net;
using System.Net.Http.Headers;

namespace McpGateway.Upstream;

/// <summary>
/// Asks for what is known already only if it changed: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2. Every read
/// still reaches the API, so nothing is ever older than the API says; most APIs do not count a 304.
/// </summary>
internal sealed class EntityTagHandler(UpstreamApi api, EntityTagCache cache, IServiceProvider services) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get || !api.Owns(request.RequestUri!) || UpstreamApi.ReaderOf(request) is not null)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var key = EntityTagCache.KeyOf(request, await api.GetTokenAsync(services, cancellationToken));
        var known = cache.Find(key);
        request.Headers.IfNoneMatch.Clear();
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(known.Tag));
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (known is not null && response.StatusCode == HttpStatusCode.NotModified)
        {
            known.Fill(response);
            return response;
        }

        await cache.KeepAsync(key, response, cancellationToken);
        return response;
    }
}
