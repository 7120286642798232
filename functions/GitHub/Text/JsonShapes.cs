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

/// <summary>Reads an object as its name. It goes through the bytes once: users and repositories are most of a response, and little of them is wanted.</summary>
internal sealed class NameConverter : JsonConverter<string>
{
    /// <summary>The first of these that an object has is its name.</summary>
    private static readonly JsonEncodedText[] Members =
    [
        JsonEncodedText.Encode("login"),
        JsonEncodedText.Encode("name"),
        JsonEncodedText.Encode("title"),
        JsonEncodedText.Encode("slug"),
        JsonEncodedText.Encode("full_name"),
    ];

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadName(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <summary>Reads the value that the reader is at.</summary>
    public static string? ReadName(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Sanitizer.CleanPlain(reader.GetString()!);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var (name, rank) = ((string?)null, Members.Length);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = RankOf(ref reader);
            reader.Read();
            if (known < rank && reader.TokenType == JsonTokenType.String)
            {
                (name, rank) = (reader.GetString(), known);
            }
            else
            {
                reader.Skip();
            }
        }

        return name is null ? null : Sanitizer.CleanPlain(name);
    }

    private static int RankOf(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (reader.ValueTextEquals(Members[i].EncodedUtf8Bytes))
            {
                return i;
            }
        }

        return Members.Length;
    }
}

/// <summary>Reads a list of objects as their names.</summary>
internal sealed class NamesConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return ReadNames(ref reader);
        }

        IReadOnlyList<string>? names = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isList = reader.ValueTextEquals("nodes"u8);
            reader.Read();
            if (isList)
            {
                names = ReadNames(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return names;
    }

    private static List<string>? ReadNames(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var names = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (NameConverter.ReadName(ref reader) is { } name)
            {
                names.Add(name);
            }
        }

        return names;
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
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
            return name;
        }

        string? fullName = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("full_name"u8);
            reader.Read();
            if (isName && reader.TokenType == JsonTokenType.String)
            {
                fullName = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return fullName;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
