using System.Net;
using GitHub.Api;
using McpGateway.Upstream.Reading;

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
        if (response.IsSuccessStatusCode)
        {
            using (response)
            {
                throw UnreadableResponse.Create(
                    "GitHub",
                    response.StatusCode,
                    "a body in place of a link to a download",
                    "Try again later."
                );
            }
        }

        if (
            response.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect)
            || response.Headers.Location is not { } location
            || !Uri.TryCreate(request.RequestUri!, location, out var link)
            || host.Serves(link)
        )
        {
            return response;
        }

        if (link.Scheme != Uri.UriSchemeHttps && link.Scheme != Uri.UriSchemeHttp)
        {
            using (response)
            {
                throw UnreadableResponse.Create(
                    "GitHub",
                    response.StatusCode,
                    "a link to a download that is not of the web",
                    "Try again later."
                );
            }
        }

        response.Dispose();
        return new(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent(link.AbsoluteUri) };
    }
}
