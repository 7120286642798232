using System.Text.Json;
using System.Text.Json.Serialization;
using McpGateway.Text;

namespace McpGateway.Health;

/// <summary>What a health endpoint says.</summary>
/// <param name="Problems">Each unready part with what is wrong and what to do; absent when all is well.</param>
internal sealed record HealthAnswer(
    string Status,
    string Service,
    string Version,
    string Timestamp,
    IReadOnlyDictionary<string, string>? Problems = null
);

[JsonSerializable(typeof(HealthAnswer))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class HealthJson : JsonSerializerContext
{
    /// <summary>As people read it: a quotation mark is itself.</summary>
    public static HealthJson Readable { get; } = new(PlainJson.Of(JsonNamingPolicy.CamelCase));
}
