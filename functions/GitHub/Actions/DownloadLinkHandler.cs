using System.Net;
using GitHub.Client;

namespace GitHub.Actions;

/// <summary>Turns a redirect to another host into an answer that is its URL: the token must not follow it.</summary>
internal sealed class DownloadLinkHandler(GitHubHost host) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (
            response.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect)
            || response.Headers.Location is not { IsAbsoluteUri: true } link
            || link.Authority == host.Rest.Authority
        )
        {
            return response;
        }

        response.Dispose();
        return new(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent(link.AbsoluteUri) };
    }
}
