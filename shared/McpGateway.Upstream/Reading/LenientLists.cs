using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace McpGateway.Upstream.Reading;

/// <summary>
/// Reads lists item by item: one that is null or not of its form is left out and counted. A list of which no item can be read is not a list of
/// what was asked for, and fails.
/// </summary>
internal sealed class LenientLists : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType
        && typeToConvert.GetGenericTypeDefinition() is var type
        && (type == typeof(List<>) || type == typeof(IReadOnlyList<>))
        && !typeof(JsonNode).IsAssignableFrom(typeToConvert.GetGenericArguments()[0]);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Items<,>).MakeGenericType(typeToConvert, typeToConvert.GetGenericArguments()[0]))!;

    private sealed class Items<TList, T> : JsonConverter<TList>
        where TList : class, IEnumerable<T>
    {
        public override TList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException();
            }

            var items = new List<T>();
            JsonException? first = null;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var item = reader;
                var before = LeftOutItems.Count;
                try
                {
                    items.Add(JsonSerializer.Deserialize<T>(ref reader, options) ?? throw new JsonException());
                }
                catch (JsonException e)
                {
                    first ??= e;
                    LeftOutItems.Count = before + 1;
                    reader = item;
                    // Throws where the JSON itself is broken.
                    reader.Skip();
                }
            }

            return first is not null && items.Count == 0 ? throw new JsonException() : (TList)(object)items;
        }

        public override void Write(Utf8JsonWriter writer, TList value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value)
            {
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndArray();
        }
    }
}
