using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpGateway.Tools.Answers;

/// <summary>
/// Writes a text piece by piece, for members that may have many megabytes: the writer's own way sets aside six characters for each of a text
/// with something to escape. Only for records that no schema is made of, since a converter hides the type of what it converts.
/// </summary>
public sealed class LongTextConverter : JsonConverter<string>
{
    private const int Piece = 65_536;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (value.Length <= Piece)
        {
            writer.WriteStringValue(value);
            return;
        }

        for (var at = 0; at < value.Length; at += Piece)
        {
            var length = Math.Min(Piece, value.Length - at);
            writer.WriteStringValueSegment(value.AsSpan(at, length), isFinalSegment: at + length == value.Length);
        }
    }
}
