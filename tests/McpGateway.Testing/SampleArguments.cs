using System.Text.Json.Nodes;

namespace McpGateway.Testing;

/// <summary>Arguments made up from a tool's schema.</summary>
public static class SampleArguments
{
    /// <summary>Those that a tool calls required.</summary>
    /// <param name="samples">Values for parameters, by their names, as JSON.</param>
    public static JsonObject Of(JsonObject tool, IReadOnlyDictionary<string, string> samples)
    {
        var schema = tool["inputSchema"]!.AsObject();
        return new(
            (schema["required"] as JsonArray ?? []).Select(required =>
                KeyValuePair.Create(
                    required!.ToString(),
                    ValueOf(required.ToString(), schema["properties"]?[required.ToString()] as JsonObject ?? [], samples)
                )
            )
        );
    }

    /// <summary>A value for one parameter.</summary>
    public static JsonNode? ValueOf(string parameter, JsonObject schema, IReadOnlyDictionary<string, string> samples) =>
        samples.TryGetValue(parameter, out var sample) ? JsonNode.Parse(sample)
        : schema["enum"] is JsonArray and [{ } first, ..] ? first.DeepClone()
        : (schema["type"] is JsonArray and [{ } one, ..] ? one : schema["type"])?.ToString() switch
        {
            "integer" or "number" => 1,
            "boolean" => true,
            "array" => new JsonArray(ValueOf("", schema["items"] as JsonObject ?? [], samples)),
            "object" => new JsonObject(
                (schema["required"] as JsonArray ?? []).Select(required =>
                    KeyValuePair.Create(
                        required!.ToString(),
                        ValueOf(required.ToString(), schema["properties"]![required.ToString()]!.AsObject(), samples)
                    )
                )
            ),
            _ => "sample",
        };
}
