using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpGateway.Text;

/// <summary>JSON that a model or a person reads: a quotation mark and every script are themselves, what has no value is left out.</summary>
public static class PlainJson
{
    /// <summary>The options of a generated context. Copies of its own would not do: they may not be there yet when its static members are made.</summary>
    public static JsonSerializerOptions Of(JsonNamingPolicy names) =>
        new()
        {
            PropertyNamingPolicy = names,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = PlainJsonEncoder.Instance,
        };
}
