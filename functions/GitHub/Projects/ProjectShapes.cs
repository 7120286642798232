using System.Text.Json;
using System.Text.Json.Serialization;
using GitHub.Text;

namespace GitHub.Projects;

/// <summary>A text that some endpoints wrap as {raw, html}.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RawTextAttribute() : JsonConverterAttribute(typeof(RawTextConverter));

/// <summary>Reads the raw form.</summary>
internal sealed class RawTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        var value = json.RootElement;
        return Sanitizer.CleanPlain(
            value.ValueKind == JsonValueKind.Object && value.TryGetProperty("raw", out var raw) ? raw.ToString() : value.ToString()
        );
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>A field's value, of which an object says more than a model needs.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProjectValueAttribute() : JsonConverterAttribute(typeof(ProjectValueConverter));

/// <summary>Reads an option, iteration, user or title as its name.</summary>
internal sealed class ProjectValueConverter : JsonConverter<JsonElement?>
{
    private static readonly string[] Members = ["raw", "name", "title", "login", "full_name"];

    public override JsonElement? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return JsonSerializer.SerializeToElement(Shorten(json.RootElement));
    }

    public override void Write(Utf8JsonWriter writer, JsonElement? value, JsonSerializerOptions options)
    {
        if (value is { } given)
        {
            given.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static object? Shorten(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object when Members.FirstOrDefault(name => value.TryGetProperty(name, out _)) is { } member => Shorten(
                value.GetProperty(member)
            ),
            JsonValueKind.Array => value.EnumerateArray().Select(Shorten).ToList(),
            JsonValueKind.String => Sanitizer.CleanPlain(value.GetString()!),
            _ => value.Clone(),
        };
}
