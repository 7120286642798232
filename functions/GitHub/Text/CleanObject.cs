using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GitHub.Text;

/// <summary>An object of GitHub's with all it has, every text in it sanitised.</summary>
[JsonConverter(typeof(CleanObjectConverter))]
internal sealed record CleanObject(JsonNode? Json);

/// <summary>Sanitises while reading.</summary>
internal sealed class CleanObjectConverter : JsonConverter<CleanObject>
{
    public override CleanObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Clean(JsonNode.Parse(ref reader)));

    public override void Write(Utf8JsonWriter writer, CleanObject value, JsonSerializerOptions options)
    {
        if (value.Json is { } json)
        {
            json.WriteTo(writer, options);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static JsonNode? Clean(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Clean(member.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Clean)]),
            JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Sanitizer.CleanPlain(text)),
            _ => node?.DeepClone(),
        };
}
