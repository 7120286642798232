using System.Text;
using System.Text.Json;
using McpGateway.Text;

namespace McpGateway.Tools.Schemas;

/// <summary>
/// The input schema of a tool, or of a part of it, made ready once so that a call is read in one pass. It knows the part of
/// JSON Schema that parameters generate; docs/decisions/0007-argument-check.md says why this is not a general validator.
/// </summary>
internal sealed class InputSchema
{
    private readonly Dictionary<string, InputSchema> properties = new(StringComparer.Ordinal);
    private readonly List<(byte[] Utf8, string Name)> names = [];

    // By the name without case and separators, and by that without its plural; null where two properties share it.
    private readonly Dictionary<string, string?> plainNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> looseNames = new(StringComparer.Ordinal);

    // What parameters that have a name of C# of their own are called by callers.
    private readonly List<(string Name, string Parameter)> bindings = [];

    /// <summary>A schema that allows anything.</summary>
    public static InputSchema Anything { get; } = new();

    public JsonKinds Kinds { get; private init; }

    public IReadOnlyDictionary<string, InputSchema> Properties => properties;

    public IReadOnlyList<string> Required { get; private init; } = [];

    public InputSchema? Items { get; private init; }

    /// <summary>What a value under any other name has to be; null where the schema does not say.</summary>
    public InputSchema? OtherProperties { get; private init; }

    public IReadOnlyList<string> Choices { get; private init; } = [];

    public IReadOnlyList<InputSchema> Shapes { get; private init; } = [];

    public decimal? Minimum { get; private init; }

    public decimal? Maximum { get; private init; }

    public int? MinLength { get; private init; }

    public int? MaxLength { get; private init; }

    public bool IsRequired { get; private set; }

    /// <summary>Whether an empty text or list is a value, which clears something, and not the absence of one.</summary>
    public bool EmptyClears { get; private set; }

    /// <summary>Whether the list is listed as required and is empty where it is not given.</summary>
    public bool EmptyUnlessGiven { get; private set; }

    /// <summary>How a text is read that has more than one form; null where it stays as it is.</summary>
    public ReadTextAttribute? Form { get; private set; }

    /// <summary>Whether every text fits, as it is.</summary>
    public bool IsAnyText =>
        this
            is {
                Kinds: JsonKinds.Text,
                Choices.Count: 0,
                Shapes.Count: 0,
                MinLength: null,
                MaxLength: null,
                IsRequired: false,
                Form: null
            };

    /// <summary>Whether only the listed properties mean something. An object without any is open: its names are the caller's.</summary>
    public bool IsClosed => properties.Count > 0 && OtherProperties is null;

    /// <param name="place">Where the schema stands, for the error: a tool's name and the path.</param>
    /// <exception cref="NotSupportedException">A keyword is not known here, or a value has no type.</exception>
    public static InputSchema Of(JsonElement schema, string place)
    {
        if (schema.ValueKind == JsonValueKind.True)
        {
            return Anything;
        }

        var kinds = JsonKinds.None;
        InputSchema? items = null;
        InputSchema? others = null;
        List<InputSchema> shapes = [];
        List<string> required = [];
        List<string> choices = [];
        Dictionary<string, InputSchema> properties = [];
        decimal? minimum = null;
        decimal? maximum = null;
        int? minLength = null;
        int? maxLength = null;
        foreach (var keyword in schema.EnumerateObject())
        {
            var value = keyword.Value;
            switch (keyword.Name)
            {
                case "type" when value.ValueKind == JsonValueKind.String:
                    kinds = KindOf(value.GetString()!);
                    break;
                case "type":
                    shapes.AddRange(value.EnumerateArray().Select(type => new InputSchema { Kinds = KindOf(type.GetString()!) }));
                    break;
                case "enum":
                    choices.AddRange(value.EnumerateArray().Select(choice => choice.GetString()!));
                    break;
                case "properties":
                    foreach (var property in value.EnumerateObject())
                    {
                        properties.Add(property.Name, Of(property.Value, $"{place}.{property.Name}"));
                    }

                    break;
                case "required":
                    required.AddRange(value.EnumerateArray().Select(name => name.GetString()!));
                    break;
                case "items":
                    items = Of(value, $"{place}[]");
                    break;
                case "additionalProperties" when value.ValueKind != JsonValueKind.False:
                    others = Of(value, $"{place}.*");
                    break;
                case "anyOf":
                    shapes.AddRange(value.EnumerateArray().Select(shape => Of(shape, place)));
                    break;
                case "minimum":
                    minimum = value.GetDecimal();
                    break;
                case "maximum":
                    maximum = value.GetDecimal();
                    break;
                case "minLength" or "minItems":
                    minLength = value.GetInt32();
                    break;
                case "maxLength" or "maxItems":
                    maxLength = value.GetInt32();
                    break;
                case "description" or "title" or "default":
                // Tells clients to repeat the value in a header, which the transport checks.
                case "x-mcp-header":
                    break;
                default:
                    throw new NotSupportedException(
                        $"The input schema of {place} uses '{keyword.Name}', which no call is checked for: teach InputSchema to "
                            + "check it, or leave out what produces it."
                    );
            }
        }

        if (kinds == JsonKinds.None && shapes.Count == 0 && choices.Count == 0)
        {
            throw new NotSupportedException(
                $"The input schema of {place} has no type, and many clients refuse or hide such a parameter: give it a type, or [JsonShape] for what is JSON."
            );
        }

        if (kinds == JsonKinds.Array && items is null)
        {
            throw new NotSupportedException($"The input schema of {place} does not say what its items are.");
        }

        var made = new InputSchema
        {
            Kinds = kinds == JsonKinds.None && choices.Count > 0 ? JsonKinds.Text : kinds,
            Items = items,
            OtherProperties = others,
            Shapes = shapes,
            Required = required,
            Choices = choices,
            Minimum = minimum,
            Maximum = maximum,
            MinLength = minLength,
            MaxLength = maxLength,
        };
        foreach (var (name, property) in properties)
        {
            property.IsRequired = required.Contains(name);
            made.Add(name, property);
        }

        return made;
    }

    /// <summary>Lets an empty value of a property mean something.</summary>
    public void KeepEmpty(string property) => properties[property].EmptyClears = true;

    /// <summary>Takes a list that is not given as empty.</summary>
    public void LetLack(string property) => properties[property].EmptyUnlessGiven = true;

    /// <summary>Reads a text by its forms.</summary>
    public void ReadBy(string property, ReadTextAttribute form) => properties[property].Form = form;

    /// <summary>Reads a property, which is listed as any object, by the members it really takes.</summary>
    public void ReadAs(string property, InputSchema members)
    {
        members.IsRequired = properties[property].IsRequired;
        properties[property] = members;
    }

    /// <summary>Binds a property to a parameter of another name.</summary>
    public void BindTo(string property, string parameter)
    {
        if (property != parameter)
        {
            bindings.Add((property, parameter));
        }
    }

    /// <summary>The arguments by the names of the parameters that take them.</summary>
    public IDictionary<string, JsonElement> Bind(IDictionary<string, JsonElement> arguments)
    {
        foreach (var (name, parameter) in bindings)
        {
            if (arguments.Remove(name, out var value))
            {
                arguments[parameter] = value;
            }
        }

        return arguments;
    }

    /// <summary>The name of a member; that of a property is no new text, for a long list repeats it with each of its items.</summary>
    public string NameOf(JsonProperty member)
    {
        foreach (var (utf8, name) in names)
        {
            if (member.NameEquals(utf8))
            {
                return name;
            }
        }

        return member.Name;
    }

    /// <summary>The property that a name means: exactly, or but for case, separators and a plural.</summary>
    public string? Find(string name) =>
        properties.ContainsKey(name) ? name
        : plainNames.GetValueOrDefault(NearName.Plain(name)) is { } plain ? plain
        : looseNames.GetValueOrDefault(NearName.Loose(name)) is { } loose && !IsCountOf(loose, name) ? loose
        : null;

    /// <summary>"calls: 3" or "pages: 3" is how many of them are meant, and not which.</summary>
    private bool IsCountOf(string field, string name) =>
        properties[field].Kinds == JsonKinds.Integer && NearName.Plain(name).EndsWith('s') && !NearName.Plain(field).EndsWith('s');

    private void Add(string name, InputSchema property)
    {
        properties.Add(name, property);
        names.Add((Encoding.UTF8.GetBytes(name), name));
        plainNames[NearName.Plain(name)] = plainNames.ContainsKey(NearName.Plain(name)) ? null : name;
        looseNames[NearName.Loose(name)] = looseNames.ContainsKey(NearName.Loose(name)) ? null : name;
    }

    private static JsonKinds KindOf(string type) =>
        type switch
        {
            "string" => JsonKinds.Text,
            "integer" => JsonKinds.Integer,
            "number" => JsonKinds.Number,
            "boolean" => JsonKinds.Boolean,
            "object" => JsonKinds.Object,
            "array" => JsonKinds.Array,
            _ => JsonKinds.None,
        };
}
