using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitHub.Text;

/// <summary>Marks text that anyone may have written: it is sanitised as it is read from GitHub, so no tool can forget to.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CleanAttribute() : JsonConverterAttribute(typeof(CleanConverter));

/// <summary>Marks names that anyone may have given (of branches, files, people): only what has no glyph is removed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CleanNameAttribute() : JsonConverterAttribute(typeof(CleanNameConverter));

/// <summary>Sanitises while reading.</summary>
internal sealed class CleanNameConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name ? Sanitizer.CleanPlain(name) : null;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Sanitises while reading.</summary>
internal sealed class CleanConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Sanitizer.Clean(reader.GetString());

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
