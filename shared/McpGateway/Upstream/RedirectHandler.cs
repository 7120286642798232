using System.Net;

namespace McpGateway.Upstream;

/// <summary>
/// Follows redirects of reads within the API's own origin, where each hop passes the credential handler again. One that
/// leads elsewhere is left to the caller, who knows whether to go there without a credential.
/// </summary>
internal sealed class RedirectHandler(UpstreamApi api) : DelegatingHandler
{
    private const int MostHops = 4;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var hop = 0; hop < MostHops && Target(request, response) is { } target; hop++)
        {
            response.Dispose();
            request.RequestUri = target;
            response = await base.SendAsync(request, cancellationToken);
        }

        return response;
    }

    private Uri? Target(HttpRequestMessage request, HttpResponseMessage response)
    {
        var isRedirect = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        if (!isRedirect || response.Headers.Location is not { } location || (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head))
        {
            return null;
        }

        var target = new Uri(request.RequestUri!, location);
        return api.Owns(target) ? target : null;
    }
}
