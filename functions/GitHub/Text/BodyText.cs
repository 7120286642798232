using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitHub.Text;

/// <summary>A body as it was written. It leaves cleaned, so no tool can forget to, unless it is wanted as it is: to be edited and written back.</summary>
[JsonConverter(typeof(BodyTextConverter))]
internal sealed record BodyText(string Written)
{
    private bool IsRaw { get; init; }

    public string Shown => IsRaw ? Written : Sanitizer.Clean(Written)!;

    public BodyText As(bool raw) => raw ? this with { IsRaw = true } : this;
}

/// <summary>Cleans while writing.</summary>
internal sealed class BodyTextConverter : JsonConverter<BodyText>
{
    public override BodyText? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? new(text) : null;

    public override void Write(Utf8JsonWriter writer, BodyText value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Shown);
}
