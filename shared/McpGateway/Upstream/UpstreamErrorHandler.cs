using System.Net;

namespace McpGateway.Upstream;

/// <summary>Turns an answer that is no success into a sentence: what the API said and what can be done.</summary>
internal sealed class UpstreamErrorHandler(UpstreamApi api) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return response;
        }

        using (response)
        {
            throw new UpstreamException(await DescribeAsync(request, response, cancellationToken), response.StatusCode);
        }
    }

    private async Task<string> DescribeAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = response.StatusCode;
        var said = ErrorBody.Describe(await response.Content.ReadAsByteArrayAsync(cancellationToken), api.ReadMessage);
        var advice = api.Advise(response) ?? UsualAdvice(status, request);
        return $"{api.Name} answered {(int)status}{(said is null ? "" : $": {said}")}{(said?.EndsWith('.') == true ? "" : ".")} {advice}".TrimEnd();
    }

    private string? UsualAdvice(HttpStatusCode status, HttpRequestMessage request) => status switch
    {
        HttpStatusCode.Unauthorized => $"The token in {api.TokenSetting} is wrong or expired: make a new one at {api.TokenPage}, set it and restart the gateway.",
        HttpStatusCode.Forbidden => $"The token in {api.TokenSetting} may not do this.",
        HttpStatusCode.NotFound => $"Check the ids; what this gateway's token may not see is not found either.",
        >= HttpStatusCode.InternalServerError => TransportErrorHandler.After(request),
        >= HttpStatusCode.MovedPermanently and < HttpStatusCode.BadRequest => "The answer leads elsewhere and was not followed.",
        _ => null,
    };
}
