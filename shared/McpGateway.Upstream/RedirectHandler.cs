using System.Net;

namespace McpGateway.Upstream;

/// <summary>
/// Follows redirects within the API's own origin, where each hop passes the credential handler again: those of reads, and
/// of writes the two that ask for the very same request elsewhere (307, 308; nothing was done yet). One that leads to
/// another origin is left to the caller, who knows whether to go there without a credential.
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
        var isRead = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        var isRedirect =
            response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            || (isRead && response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther);
        if (!isRedirect || response.Headers.Location is not { } location)
        {
            return null;
        }

        var target = new Uri(request.RequestUri!, location);
        return api.Owns(target) ? target : null;
    }
}
