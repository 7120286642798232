using System.Globalization;
using System.Net;
using System.Text;

namespace McpGateway.Upstream;

/// <summary>Turns an unsuccessful response into a sentence: what the API said and what can be done.</summary>
internal sealed class UpstreamErrorHandler(UpstreamApi api, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            if (
                request.Method == HttpMethod.Delete
                && response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone
                && UpstreamApi.IsRepeated(request)
            )
            {
                return Deleted(request);
            }

            var body = await WholeBody.OfAsync(response.Content, cancellationToken);
            var wait = RateLimitAnswer.RetryAfter(response, time.GetUtcNow());
            var advice = api.Advise(response) ?? UsualAdvice(response, request);
            var when = wait is { } seconds
                ? string.Create(CultureInfo.InvariantCulture, $" The API asks to wait {Math.Ceiling(seconds.TotalSeconds)} s.")
                : "";
            throw new UpstreamException($"{Quote(api, response.StatusCode, body)} {advice}".TrimEnd() + when, response.StatusCode)
            {
                Code = ErrorBody.ReadCode(body),
                IsRetryable = api.IsTransient(response) && api.MaySendAgain(request),
                RetryAfter = wait,
            };
        }
    }

    /// <summary>What the first attempt deleted is not there for the second.</summary>
    private static HttpResponseMessage Deleted(HttpRequestMessage request) =>
        new(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent("""{"success":true}""", Encoding.UTF8, "application/json"),
        };

    /// <summary>The status, and what the API said of it.</summary>
    internal static string Quote(UpstreamApi api, HttpStatusCode status, byte[] body)
    {
        var said = ErrorBody.Describe(body, api.ReadMessage);
        return $"{api.Name} returned {(int)status}{(said is null ? "" : $": {said}")}{(said?.EndsWith('.') == true ? "" : ".")}";
    }

    private string? UsualAdvice(HttpResponseMessage response, HttpRequestMessage request) =>
        response.StatusCode switch
        {
            HttpStatusCode.Unauthorized =>
                $"The token in {api.TokenSetting} is wrong or expired: make a new one at {api.TokenPage}, set it and restart the gateway.",
            HttpStatusCode.Forbidden => $"The token in {api.TokenSetting} may not do this.",
            HttpStatusCode.NotFound => $"Check the ids; what this gateway's token cannot see is not found either.",
            >= HttpStatusCode.InternalServerError => TransportErrorHandler.After(api, request),
            HttpStatusCode.NotModified => "Nothing was asked for on that condition. Try again later.",
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => RedirectHandler.Explain(api, response),
            _ => null,
        };
}
