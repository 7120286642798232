using System.Net;

namespace McpGateway.Upstream.Reading;

/// <summary>The one sentence about a response that is a success by its status and cannot be used.</summary>
public static class UnreadableResponse
{
    private static readonly HttpRequestOptionsKey<HttpStatusCode> StatusKey = new("McpGateway.Upstream.Status");

    /// <summary>Keeps the status of a response that goes on with another.</summary>
    internal static void Remember(HttpRequestMessage request, HttpStatusCode status) => request.Options.Set(StatusKey, status);

    /// <param name="what">What came instead, such as <c>an empty body</c>.</param>
    internal static UpstreamException Create(UpstreamApi api, HttpResponseMessage response, string what, Exception? inner = null) =>
        Create(
            api.Name,
            response.RequestMessage?.Options.TryGetValue(StatusKey, out var status) == true ? status : response.StatusCode,
            what,
            response.RequestMessage is { } request ? TransportErrorHandler.After(api, request) : "",
            inner
        );

    /// <param name="what">What came instead, such as <c>an empty body</c>.</param>
    /// <param name="advice">What to do now.</param>
    public static UpstreamException Create(string api, HttpStatusCode status, string what, string advice, Exception? inner = null) =>
        new($"{api} returned {(int)status} with an unexpected response: {what}. {advice}".TrimEnd(), status, inner);

    /// <param name="e">What <see cref="ResponseJson.Read{T}(System.Text.Json.JsonElement, System.Text.Json.JsonSerializerOptions)"/> threw.</param>
    /// <param name="advice">What to do now.</param>
    public static UpstreamException Create(string api, HttpStatusCode status, Exception e, string advice) =>
        Create(api, status, ResponseJson.Describe(e), advice, e);
}
