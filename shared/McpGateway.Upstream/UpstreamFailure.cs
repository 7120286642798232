using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpGateway.Upstream;

/// <summary>An API's failure in members, for programs; the message holds the same for readers.</summary>
/// <param name="Status">The HTTP status; absent when there was no response.</param>
/// <param name="Code">The API's own name of the failure.</param>
/// <param name="Retryable">Whether the same call may be made again.</param>
/// <param name="RetryAfterSeconds">The wait the API asks for.</param>
internal sealed record UpstreamFailure(string Message, int? Status, string? Code, bool Retryable, int? RetryAfterSeconds)
{
    /// <summary>The failure as <c>{"error":{…}}</c>.</summary>
    public static JsonElement Describe(UpstreamException e) =>
        JsonSerializer.SerializeToElement(
            new Reply(
                new(
                    e.Message,
                    (int?)e.Status,
                    e.Code,
                    e.IsRetryable,
                    e.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null
                )
            ),
            UpstreamFailureJson.Default.Reply
        );

    internal sealed record Reply(UpstreamFailure Error);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(UpstreamFailure.Reply))]
internal sealed partial class UpstreamFailureJson : JsonSerializerContext;
