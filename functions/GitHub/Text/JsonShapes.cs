using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitHub.Text;

/// <summary>A user object of which only the login matters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LoginAttribute() : JsonConverterAttribute(typeof(NameConverter));

/// <summary>An object of which only the name matters: a label, a milestone's title, a type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NameAttribute() : JsonConverterAttribute(typeof(NameConverter));

/// <summary>A list of users, labels or the like, each by its name; a GraphQL connection of them as well.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NamesAttribute() : JsonConverterAttribute(typeof(NamesConverter));

/// <summary>Reads an object as its name.</summary>
internal sealed class NameConverter : JsonConverter<string>
{
    private static readonly string[] Members = ["login", "name", "title", "slug", "full_name"];

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return NameOf(json.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public static string? NameOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Sanitizer.Clean(value.GetString()),
            JsonValueKind.Object => Sanitizer.Clean(
                Members
                    .Select(name =>
                        value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null
                    )
                    .FirstOrDefault(name => name is not null)
            ),
            _ => null,
        };
}

/// <summary>Reads a list of objects as their names.</summary>
internal sealed class NamesConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        var list =
            json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("nodes", out var nodes)
                ? nodes
                : json.RootElement;
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(NameConverter.NameOf).OfType<string>()] : null;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}

/// <summary>A repository object of which only owner/name matters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RepositoryNameAttribute() : JsonConverterAttribute(typeof(RepositoryNameConverter));

/// <summary>Reads a repository as its full name.</summary>
internal sealed class RepositoryNameConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("full_name", out var name)
            ? name.GetString()
            : json.RootElement.ToString();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
