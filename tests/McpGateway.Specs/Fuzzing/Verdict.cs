using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace McpGateway.Specs.Fuzzing;

/// <summary>What an answer must be, whatever was asked.</summary>
internal static class Verdict
{
    private const int InternalError = -32603;

    /// <summary>What is wrong with the answer; null when nothing is.</summary>
    public static string? FindDefect(HttpRequestMessage request, HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        if (status >= 500)
        {
            return $"status {status}: {System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)))}";
        }

        if (
            request.Method != HttpMethod.Post
            || request.RequestUri!.AbsolutePath != "/mcp"
            || response.StatusCode == HttpStatusCode.Accepted
        )
        {
            return null;
        }

        try
        {
            return response.Content.Headers.ContentType?.MediaType switch
            {
                "application/json" => FindDefect(JsonDocument.Parse(body).RootElement, status),
                "text/event-stream" => FindDefectInEvents(body, status),
                var type => $"status {status} with content type '{type}'",
            };
        }
        catch (JsonException)
        {
            return $"status {status} with a body that is not JSON";
        }
    }

    private static string? FindDefectInEvents(byte[] body, int status)
    {
        var answers = 0;
        foreach (var item in SseParser.Create(new MemoryStream(body), (_, data) => data.ToArray()).Enumerate())
        {
            var message = JsonDocument.Parse(item.Data).RootElement;
            if (message.TryGetProperty("method", out _))
            {
                continue;
            }

            answers++;
            if (FindDefect(message, status) is { } defect)
            {
                return defect;
            }
        }

        return answers == 1 ? null : $"{answers} answers in one stream";
    }

    private static string? FindDefect(JsonElement answer, int status)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            return $"status {status} with JSON that is no object";
        }

        if (answer.TryGetProperty("message", out var refusal) && answer.TryGetProperty("error", out var reason))
        {
            // A refusal before JSON-RPC: a code and a sentence.
            return status >= 400 && refusal.GetString()?.Length > 0 && reason.GetString()?.Length > 0
                ? null
                : $"status {status} with an odd refusal";
        }

        if (!answer.TryGetProperty("jsonrpc", out var version) || version.GetString() != "2.0")
        {
            return $"status {status} with an answer that is not JSON-RPC";
        }

        return answer.TryGetProperty("error", out var error) ? FindDefectInError(error)
            : status == 200 && answer.TryGetProperty("result", out _) ? null
            : $"status {status} with neither a result nor an error";
    }

    private static string? FindDefectInError(JsonElement error) =>
        !error.TryGetProperty("code", out var code) || !code.TryGetInt32(out var number) ? "an error without a code"
        : number == InternalError ? $"internal error: {error}"
        : error.TryGetProperty("message", out var message) && message.GetString()?.Length > 0 ? null
        : "an error without a message";
}
