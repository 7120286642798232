using System.Net;
using Polly.Timeout;

namespace McpGateway.Upstream;

/// <summary>The one place where a failed upstream call becomes a sentence.</summary>
internal sealed class UpstreamErrorHandler(UpstreamApi api) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new UpstreamException($"{api.Name}'s answer is larger than {api.MaxResponseBytes:N0} bytes: ask for less at once.", inner: e);
        }
        catch (HttpRequestException e)
        {
            throw new UpstreamException($"{api.Name} could not be reached ({e.HttpRequestError}). {AfterFailure(request)}", inner: e);
        }
        catch (Exception e) when (e is TimeoutRejectedException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new UpstreamException($"{api.Name} did not answer in time. {AfterFailure(request)}", inner: e);
        }

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
        var advice = api.Advise(status, request) ?? UsualAdvice(status, request);
        return $"{api.Name} answered {(int)status}{(said is null ? "" : $": {said}")}{(said?.EndsWith('.') == true ? "" : ".")} {advice}".TrimEnd();
    }

    private string? UsualAdvice(HttpStatusCode status, HttpRequestMessage request) => status switch
    {
        HttpStatusCode.Unauthorized => $"The token in {api.TokenSetting} is wrong or expired: make a new one at {api.TokenPage}, set it and restart the gateway.",
        HttpStatusCode.Forbidden => $"The token in {api.TokenSetting} may not do this.",
        HttpStatusCode.NotFound => $"Check the ids; what this gateway's token may not see is not found either.",
        >= HttpStatusCode.InternalServerError => AfterFailure(request),
        >= HttpStatusCode.MovedPermanently and < HttpStatusCode.BadRequest => "The answer leads elsewhere and was not followed.",
        _ => null,
    };

    private static string AfterFailure(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Head
            ? "Try again later."
            : "It is not known whether the change was made: look before you try again.";
}
