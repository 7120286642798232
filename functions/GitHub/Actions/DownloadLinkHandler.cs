using System.Net;
using GitHub.Api;

namespace GitHub.Actions;

/// <summary>
/// Turns a redirect to a file into a response that is its URL: the token must not follow it. Files are on other hosts, and on an Enterprise
/// Server beside the API on the same one.
/// </summary>
internal sealed class DownloadLinkHandler(GitHubHost host) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (
            response.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect)
            || response.Headers.Location is not { } location
            || new Uri(request.RequestUri!, location) is not { } link
            || host.Serves(link)
        )
        {
            return response;
        }

        response.Dispose();
        return new(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent(link.AbsoluteUri) };
    }
}
