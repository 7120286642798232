using System.Net;
using System.Net.Http.Headers;

namespace McpGateway.Upstream;

/// <summary>Puts the token on requests to the API's own origin and to no other.</summary>
internal sealed class CredentialHandler(UpstreamApi api, IServiceProvider services) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = null;
        if (!api.Owns(request.RequestUri!))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var token = await api.GetTokenAsync(services, cancellationToken);
        if (token is null && !api.TokenIsOptional)
        {
            throw new UpstreamException(
                $"No {api.Name} token is configured: get one at {api.TokenPage}, set {api.TokenSetting} and restart the gateway."
            );
        }

        var response = await SendAsync(request, token, cancellationToken);
        // A 401 did nothing, so the request may go again, whatever it is.
        if (
            response.StatusCode != HttpStatusCode.Unauthorized
            || token is null
            || api.RenewTokenAsync is not { } renewAsync
            || await renewAsync(services, token, cancellationToken) is not { } renewed
            || renewed == token
        )
        {
            return response;
        }

        response.Dispose();
        return await SendAsync(request, renewed, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
