using System.Text;
using System.Text.Json;
using McpGateway.Text;

namespace GitHub.Answers;

/// <summary>Keeps of every item in a list what the <c>fields</c> argument names.</summary>
internal static class FieldSelection
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = PlainJsonEncoder.Instance };

    public static string Apply(string json, IDictionary<string, JsonElement>? arguments) =>
        arguments is not null && arguments.TryGetValue("fields", out var fields) && fields.ValueKind == JsonValueKind.Array
            ? Apply(json, fields.EnumerateArray().Select(field => field.ToString()).ToList())
            : json;

    public static string Apply(string json, IReadOnlyList<string>? fields)
    {
        if (fields is null || fields.Count == 0)
        {
            return json;
        }

        using var answer = JsonDocument.Parse(json);
        if (
            answer.RootElement.ValueKind != JsonValueKind.Object
            || !answer.RootElement.TryGetProperty("items", out var items)
            || items.ValueKind != JsonValueKind.Array
        )
        {
            return json;
        }

        using var selected = new MemoryStream(json.Length);
        using (var writer = new Utf8JsonWriter(selected, Plain))
        {
            writer.WriteStartObject();
            foreach (var member in answer.RootElement.EnumerateObject())
            {
                if (member.NameEquals("items"))
                {
                    Write(writer, member.Value, fields);
                }
                else
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(selected.GetBuffer(), 0, (int)selected.Length);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement items, IReadOnlyList<string> fields)
    {
        writer.WriteStartArray("items");
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                item.WriteTo(writer);
                continue;
            }

            writer.WriteStartObject();
            foreach (var member in item.EnumerateObject().Where(member => fields.Contains(member.Name)))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
