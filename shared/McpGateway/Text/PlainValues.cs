using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace McpGateway.Text;

/// <summary>
/// JSON of values that have no record of their own, for shared/ and memory-mcp. It is generated: a program compiled to native code finds no other
/// (docs/decisions/0054-native-memory.md).
/// </summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(SortedDictionary<string, JsonElement>))]
[JsonSerializable(typeof(IDictionary<string, JsonElement>))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
public sealed partial class PlainValues : JsonSerializerContext
{
    /// <summary>For what a model or a person reads.</summary>
    public static PlainValues Readable { get; } = new(new JsonSerializerOptions { Encoder = PlainJsonEncoder.Instance });

    /// <summary>The same over several lines.</summary>
    public static PlainValues Indented { get; } =
        new(new JsonSerializerOptions { Encoder = PlainJsonEncoder.Instance, WriteIndented = true });

    /// <summary>How a type becomes JSON by options that hold what was generated for it.</summary>
    /// <exception cref="NotSupportedException">Nothing was.</exception>
    public static JsonTypeInfo<T> InfoOf<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
