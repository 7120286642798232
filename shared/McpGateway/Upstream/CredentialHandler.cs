using System.Net.Http.Headers;

namespace McpGateway.Upstream;

/// <summary>Puts the token on requests to the API's own origin and on no other; the last handler before the socket.</summary>
internal sealed class CredentialHandler(UpstreamApi api) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = null;
        if (api.Owns(request.RequestUri!))
        {
            var token = await api.GetTokenAsync(cancellationToken);
            if (token is null && !api.TokenIsOptional)
            {
                throw new UpstreamException($"No {api.Name} token is configured: get one at {api.TokenPage}, set {api.TokenSetting} and restart the gateway.");
            }

            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
