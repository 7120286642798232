using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;
using McpGateway.Upstream;

namespace Firecrawl.Upstream;

/// <summary>
/// A response with status 200 that says <c>success: false</c> is a failure; a job's state, which tells by its status what became of
/// the job, is not.
/// </summary>
internal sealed class FailureInSuccessHandler : DelegatingHandler
{
    private const int LongestDetails = 2_000;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            var body = await WholeBody.OfAsync(response.Content, cancellationToken);
            if (SaysFailure(body) && JsonNode.Parse(body) is JsonObject failure && failure["status"] is null)
            {
                using (response)
                {
                    throw Describe(failure, response);
                }
            }
        }

        return response;
    }

    private static UpstreamException Describe(JsonObject failure, HttpResponseMessage response)
    {
        var said = failure["error"]?.ToString() is { Length: > 0 } error ? $": {error.TrimEnd('.')}" : "";
        var code = failure["code"]?.ToString();
        foreach (var told in (string[])["success", "error", "code"])
        {
            failure.Remove(told);
        }

        var details = failure.Count == 0 ? "" : $" Details: {Cut.To(failure.ToJsonString(FirecrawlJson.Options), LongestDetails)}";
        return new(
            $"Firecrawl returned a failure{said}{(code is null ? "" : $" (code {code})")}. It may have cost credits: look at the "
                + $"reason before you try again.{details}",
            response.StatusCode
        )
        {
            Code = code,
        };
    }

    /// <summary>Reads no further than to the member, which comes first.</summary>
    private static bool SaysFailure(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isSuccess = reader.ValueTextEquals("success");
                reader.Read();
                if (isSuccess)
                {
                    return reader.TokenType == JsonTokenType.False;
                }

                reader.Skip();
            }

            return false;
        }
        catch (JsonException)
        {
            // Whoever reads the response says that it cannot be read.
            return false;
        }
    }
}
