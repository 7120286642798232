using McpGateway.Upstream.Calls;
using McpGateway.Upstream.Reading;

namespace McpGateway.Upstream;

/// <summary>Turns a call without a usable response into a sentence: unreachable, too slow, or too large.</summary>
internal sealed class TransportErrorHandler(UpstreamApi api) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new UpstreamException(
                $"{api.Name}'s response is larger than {api.MaxResponseBytes:N0} bytes: ask for less at once.",
                inner: e
            );
        }
        catch (HttpRequestException e) when (e.StatusCode is { } status)
        {
            throw UnreadableResponse.Create(api.Name, status, "a body that breaks off", After(api, request), e);
        }
        catch (HttpRequestException e)
        {
            throw new UpstreamException($"{api.Name} could not be reached ({e.HttpRequestError}). {After(api, request)}", inner: e)
            {
                IsRetryable = api.MaySendAgainUnanswered(request),
            };
        }
        catch (Exception e)
            when (e is TimeoutException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new UpstreamException($"{api.Name} did not respond in time. {After(api, request)}", inner: e)
            {
                IsRetryable = api.MaySendAgainUnanswered(request),
            };
        }
    }

    /// <summary>What to do after a failure that leaves open what became of the request; whoever only reads is never warned.</summary>
    internal static string After(UpstreamApi api, HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || request.Method == HttpMethod.Head
        || UpstreamCall.Current?.IsRead == true
        || api.MaySendAgainUnanswered(request)
            ? "Try again later."
            : "The change may have been made: check before you try again.";
}
