using System.Text.Json;
using System.Text.Json.Serialization;

namespace Memory.Graph;

/// <summary>An entity in the change log, with all that an undo needs.</summary>
/// <param name="Id">Its number and time of creation; null where it was created by the logged change.</param>
internal sealed record LoggedEntity(
    string Name,
    string EntityType,
    [property: JsonConverter(typeof(LoggedFactsConverter))] IReadOnlyList<LoggedFact> Observations,
    long? Id = null,
    string? Created = null
);

/// <summary>A relation in the change log.</summary>
/// <param name="Id">Its number and time of creation; null where it was created by the logged change.</param>
internal sealed record LoggedRelation(string From, string To, string RelationType, long? Id = null, string? Created = null)
{
    public Relation ToRelation() => new(From, To, RelationType);
}

/// <summary>A fact in the change log: a plain text where it came with the change itself and has no end.</summary>
[JsonConverter(typeof(LoggedFactConverter))]
internal sealed record LoggedFact(string Text, string? At = null, string? Until = null, long? Id = null)
{
    public static LoggedFact Of(Fact fact) => new(fact.Text, fact.At, fact.Until, fact.Id);

    /// <summary>The same without what the change itself tells.</summary>
    public static LoggedFact New(string text, string? until) => new(text, Until: until);
}

/// <summary>
/// Writes the facts of an entity one after the other, as a list is written anyway: for a list in an object the serializer takes several times as
/// much memory as the facts have, and a call may create a thousand entities.
/// </summary>
internal sealed class LoggedFactsConverter : JsonConverter<IReadOnlyList<LoggedFact>>
{
    private static readonly LoggedFactConverter Each = new();

    public override IReadOnlyList<LoggedFact> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var facts = new List<LoggedFact>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            facts.Add(Each.Read(ref reader, typeof(LoggedFact), options));
        }

        return facts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<LoggedFact> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var fact in value)
        {
            Each.Write(writer, fact, options);
        }

        writer.WriteEndArray();
    }
}

/// <summary>Writes a fact as a text where there is no more to it, and reads both forms.</summary>
internal sealed class LoggedFactConverter : JsonConverter<LoggedFact>
{
    public override LoggedFact Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new(reader.GetString()!);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        var fact = document.RootElement;
        return new(
            fact.GetProperty("text").GetString()!,
            TextOf(fact, "at"),
            TextOf(fact, "until"),
            fact.TryGetProperty("id", out var id) ? id.GetInt64() : null
        );
    }

    public override void Write(Utf8JsonWriter writer, LoggedFact value, JsonSerializerOptions options)
    {
        if (value is { At: null, Until: null, Id: null })
        {
            writer.WriteStringValue(value.Text);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("text", value.Text);
        WriteText(writer, "at", value.At);
        WriteText(writer, "until", value.Until);
        if (value.Id is { } id)
        {
            writer.WriteNumber("id", id);
        }

        writer.WriteEndObject();
    }

    private static string? TextOf(JsonElement fact, string field) => fact.TryGetProperty(field, out var value) ? value.GetString() : null;

    private static void WriteText(Utf8JsonWriter writer, string field, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(field, value);
        }
    }
}
