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

    /// <summary>Why a redirect was not followed, or not to its end.</summary>
    public static string Explain(UpstreamApi api, HttpResponseMessage response) =>
        response.RequestMessage?.RequestUri is not { } from || TargetOf(from, response) is not { } target
            ? "The API redirected, and did not say where to."
        : !api.Owns(target) ? "The API redirected to another host; the redirect was not followed."
        : IsFollowed(response.RequestMessage.Method, response.StatusCode)
            ? $"The API redirects in a circle: {MostHops} redirects were followed."
        : "The API redirected a write in a way that does not repeat it; the redirect was not followed.";

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

    private Uri? Target(HttpRequestMessage request, HttpResponseMessage response) =>
        IsFollowed(request.Method, response.StatusCode) && TargetOf(request.RequestUri!, response) is { } target && api.Owns(target)
            ? target
            : null;

    private static bool IsFollowed(HttpMethod method, HttpStatusCode status) =>
        status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        || (
            (method == HttpMethod.Get || method == HttpMethod.Head)
            && status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        );

    private static Uri? TargetOf(Uri from, HttpResponseMessage response) =>
        response.Headers.Location is { } location && Uri.TryCreate(from, location, out var target) ? target : null;
}
