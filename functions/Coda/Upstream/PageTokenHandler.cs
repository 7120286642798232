using System.Web;

namespace Coda.Upstream;

/// <summary>A page token holds the whole query it came from, and Coda ignores what comes with it: it is sent alone.</summary>
internal sealed class PageTokenHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (HttpUtility.ParseQueryString(request.RequestUri!.Query)["pageToken"] is { } token)
        {
            request.RequestUri = new UriBuilder(request.RequestUri) { Query = $"pageToken={Uri.EscapeDataString(token)}" }.Uri;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
