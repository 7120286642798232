using System.Text.Json;
using McpGateway.Tools.Schemas;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// Reads the arguments of one call by the tool's schema, at every depth: what is meant is put into the form the tool wants,
/// and what cannot be understood is told, all of it at once. A call that fits is walked once and stays as it is.
/// </summary>
/// <param name="aliases">Other names of arguments.</param>
/// <param name="writes">Whether the tool changes something, so that an argument must not get lost.</param>
internal sealed class ArgumentReader(ArgumentAliases aliases, bool writes)
{
    private readonly ValuePath path = new();
    private readonly List<string> problems = [];
    private readonly List<string> ignored = [];

    // Grows with each value that is put into another form.
    private int changes;

    /// <summary>What is wrong, each in a sentence.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>What meant nothing to the tool and was left out, each with what may have been meant.</summary>
    public IReadOnlyList<string> Ignored => ignored;

    public IDictionary<string, JsonElement> Read(InputSchema schema, IDictionary<string, JsonElement>? arguments)
    {
        arguments ??= new Dictionary<string, JsonElement>();
        return ReadMembers(schema, arguments) is { } changed ? new Dictionary<string, JsonElement>(changed) : arguments;
    }

    /// <summary>The members as the schema wants them; null where they are so already.</summary>
    private List<KeyValuePair<string, JsonElement>>? ReadMembers(InputSchema schema, IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        List<KeyValuePair<string, JsonElement>>? changed = null;
        var kept = 0;
        var required = 0;
        foreach (var (name, value) in members)
        {
            var before = changes;
            if (ReadMember(schema, name, value) is { } read)
            {
                required += schema.Properties.TryGetValue(name, out var property) && property.IsRequired ? 1 : 0;
                if (changed is null && changes > before)
                {
                    changed = [.. members.Take(kept)];
                }

                changed?.Add(KeyValuePair.Create(name, read));
            }
            else
            {
                changed ??= [.. members.Take(kept)];
            }

            kept++;
        }

        if (changed is not null)
        {
            required += TakeOtherNames(schema, members, changed);
        }

        if (required < schema.Required.Count)
        {
            var present = (changed ?? members).Select(member => member.Key).ToHashSet();
            Miss(schema, schema.Required.Where(name => !present.Contains(name)));
        }

        return changed;
    }

    /// <summary>The value of a member that goes by its own name; null where there is none of it.</summary>
    private JsonElement? ReadMember(InputSchema schema, string name, JsonElement value)
    {
        if (!schema.Properties.TryGetValue(name, out var property))
        {
            if (schema.IsClosed)
            {
                return null;
            }

            property = schema.OtherProperties ?? InputSchema.Anything;
        }
        else if (IsAbsent(property, value))
        {
            return property is { EmptyClears: true, Shapes.Count: > 0 } ? value : null;
        }

        path.Enter(name);
        var read = ReadValue(property, value);
        path.Leave();
        return read;
    }

    /// <summary>Finds what the members that the schema does not name were meant for. Answers how many required ones were.</summary>
    private int TakeOtherNames(
        InputSchema schema,
        IEnumerable<KeyValuePair<string, JsonElement>> given,
        List<KeyValuePair<string, JsonElement>> members
    )
    {
        var required = 0;
        foreach (var (name, value) in given)
        {
            if (!schema.IsClosed || schema.Properties.ContainsKey(name) || IsNothing(value) || ClientFields.Contains(name))
            {
                continue;
            }

            if (FieldOf(schema, name) is not { } field)
            {
                Ignore(schema, name, value);
            }
            else if (field.Split('.') is [var outer, var inner])
            {
                TakeInto(schema, members, outer, inner, name, value);
            }
            else if (members.FindIndex(member => member.Key == field) is var twin and >= 0)
            {
                RefuseTwin(name, value, field, members[twin].Value);
            }
            else if (ReadMember(schema, field, value) is { } read)
            {
                members.Add(KeyValuePair.Create(field, read));
                required += schema.Properties[field].IsRequired ? 1 : 0;
            }
        }

        return required;
    }

    /// <summary>Puts a member of an object, which was given beside it, into it.</summary>
    private void TakeInto(
        InputSchema schema,
        List<KeyValuePair<string, JsonElement>> members,
        string outer,
        string inner,
        string name,
        JsonElement value
    )
    {
        var at = members.FindIndex(member => member.Key == outer);
        var inside = at < 0 ? [] : members[at].Value.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        if (inside.TryGetValue(inner, out var twin))
        {
            RefuseTwin(name, value, $"{outer}.{inner}", twin);
            return;
        }

        inside[inner] = value;
        path.Enter(outer);
        var read = KeyValuePair.Create(outer, ReadValue(schema.Properties[outer], LooseValue.Object(inside)));
        path.Leave();
        if (at < 0)
        {
            members.Add(read);
        }
        else
        {
            members[at] = read;
        }
    }

    private string? FieldOf(InputSchema schema, string name) =>
        schema.Find(name)
        ?? aliases
            .FieldsOf(name)
            .FirstOrDefault(field =>
                field.Split('.') is [var outer, var inner]
                    ? schema.Properties.TryGetValue(outer, out var options) && (!options.IsClosed || options.Find(inner) is not null)
                    : schema.Properties.ContainsKey(field)
            );

    private JsonElement ReadValue(InputSchema schema, JsonElement value)
    {
        if (schema.Shapes.Count > 0)
        {
            return ReadShape(schema, value);
        }

        if (schema.Kinds == JsonKinds.None || Fits(schema, value))
        {
            return ReadFitting(schema, value);
        }

        var meant = schema.Kinds switch
        {
            // A number is an id that was copied as it looked, or a name; no address.
            JsonKinds.Text when value.ValueKind != JsonValueKind.Number || !ArgumentWords.IsUrl(path.Name) => LooseValue.AsText(value),
            JsonKinds.Integer => LooseValue.AsInteger(value),
            JsonKinds.Number => LooseValue.AsNumber(value),
            JsonKinds.Boolean => LooseValue.AsBoolean(value),
            JsonKinds.Object => LooseValue.AsObject(value),
            JsonKinds.Array => LooseValue.AsArray(value, schema.Items!),
            _ => null,
        };
        if (meant is { } read)
        {
            return Changed(ReadFitting(schema, read));
        }

        problems.Add(ArgumentWords.Unfit(path.ToString(), schema, value));
        return value;
    }

    /// <summary>Reads a value by the first of several shapes that takes it, those of its own kind first.</summary>
    private JsonElement ReadShape(InputSchema schema, JsonElement value)
    {
        var (before, unknown) = (problems.Count, ignored.Count);
        var json = LooseValue.FromText(value, '{') ?? LooseValue.FromText(value, '[') ?? value;
        var fitting = schema.Shapes.Where(shape => Fits(shape, json)).ToList();
        foreach (var shape in fitting.Concat(schema.Shapes.Where(shape => !Fits(shape, json))))
        {
            var read = ReadValue(shape, Fits(shape, json) ? json : value);
            if (problems.Count == before)
            {
                return Fits(shape, value) ? read : Changed(read);
            }

            problems.RemoveRange(before, problems.Count - before);
            ignored.RemoveRange(unknown, ignored.Count - unknown);
        }

        if (fitting is [var only, ..])
        {
            return ReadValue(only, json);
        }

        problems.Add(ArgumentWords.Unfit(path.ToString(), schema, value));
        return value;
    }

    private JsonElement ReadFitting(InputSchema schema, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when schema.Properties.Count > 0 || schema.OtherProperties is { Kinds: not JsonKinds.None }:
                var members = value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value));
                return ReadMembers(schema, members) is { } changed ? Changed(LooseValue.Object(changed)) : value;
            case JsonValueKind.Array when schema.Items is { } items:
                CheckLength(schema, value, value.GetArrayLength());
                return ReadItems(items, value);
            case JsonValueKind.String:
                return ReadText(schema, value);
            case JsonValueKind.Number:
                CheckRange(schema, value);
                return value;
            default:
                return value;
        }
    }

    private JsonElement ReadItems(InputSchema items, JsonElement value)
    {
        List<JsonElement>? changed = null;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var before = changes;
            path.Enter(index);
            var read = ReadValue(items, item);
            path.Leave();
            if (changed is null && changes > before)
            {
                changed = [.. value.EnumerateArray().Take(index)];
            }

            changed?.Add(read);
            index++;
        }

        return changed is null ? value : Changed(LooseValue.List(changed));
    }

    private JsonElement ReadText(InputSchema schema, JsonElement value)
    {
        if (schema.Choices.Count > 0)
        {
            foreach (var choice in schema.Choices)
            {
                if (value.ValueEquals(choice))
                {
                    return value;
                }
            }

            if (LooseValue.Choice(value.GetString()!, schema.Choices) is { } meant)
            {
                return Changed(LooseValue.Text(meant));
            }

            problems.Add(ArgumentWords.NoChoice(path.ToString(), schema, value));
            return value;
        }

        if (schema.MinLength is not null || schema.MaxLength is not null)
        {
            CheckLength(schema, value, value.GetString()!.Length);
        }

        return ArgumentWords.IsAddress(path.Name) && LooseValue.Unwrapped(value.GetString()!) is { } url
            ? Changed(LooseValue.Text(url))
            : value;
    }

    private void CheckRange(InputSchema schema, JsonElement value)
    {
        if ((schema.Minimum is not null || schema.Maximum is not null) && value.TryGetDecimal(out var number))
        {
            if (number < schema.Minimum || number > schema.Maximum)
            {
                problems.Add(ArgumentWords.OutOfRange(path.ToString(), schema, value));
            }
        }
    }

    private void CheckLength(InputSchema schema, JsonElement value, int length)
    {
        if (length < schema.MinLength || length > schema.MaxLength)
        {
            problems.Add(ArgumentWords.BadLength(path.ToString(), schema, value, length));
        }
    }

    private void Miss(InputSchema schema, IEnumerable<string> names) =>
        problems.AddRange(names.Select(name => ArgumentWords.Missing(path.Of(name), schema.Properties[name])));

    private void Ignore(InputSchema schema, string name, JsonElement value)
    {
        var sentence = ArgumentWords.Unknown(path.Of(name), schema, aliases.AdviceOn(name));
        (writes || aliases.IsRefused(name, value) ? problems : ignored).Add(sentence);
    }

    private void RefuseTwin(string name, JsonElement value, string field, JsonElement twin)
    {
        if (!JsonElement.DeepEquals(value, twin) && !aliases.IsMark(name, value))
        {
            problems.Add($"{path.Of(name)} means {path.Of(field)}, which is given as well: give one of them.");
        }
    }

    /// <summary>Whether a value stands for none: what clients send that fill in every field of a form.</summary>
    private static bool IsAbsent(InputSchema property, JsonElement value) =>
        IsNothing(value)
        || (
            !property.IsRequired
            && value.ValueKind switch
            {
                // An empty text clears no list: it is a field of a form.
                JsonValueKind.String => ((!property.EmptyClears || property.Kinds == JsonKinds.Array) && value.ValueEquals(""))
                    || (
                        !property.EmptyClears
                        && property is { Kinds: not (JsonKinds.Text or JsonKinds.None) }
                        && SaysNothing(value.GetString()!)
                    ),
                JsonValueKind.Array => !property.EmptyClears && value.GetArrayLength() == 0,
                JsonValueKind.Object => value.GetPropertyCount() == 0,
                JsonValueKind.Number => property.Minimum > 0 && value.TryGetDecimal(out var number) && number == 0,
                _ => false,
            }
        );

    /// <summary>Whether a text is the JSON of something empty, where no text is wanted.</summary>
    private static bool SaysNothing(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))) is "[]" or "{}" or "null";

    private static bool IsNothing(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    private static bool Fits(InputSchema schema, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => schema.Kinds == JsonKinds.Text,
            JsonValueKind.Number => schema.Kinds == JsonKinds.Number || (schema.Kinds == JsonKinds.Integer && value.TryGetInt64(out _)),
            JsonValueKind.True or JsonValueKind.False => schema.Kinds == JsonKinds.Boolean,
            JsonValueKind.Object => schema.Kinds == JsonKinds.Object,
            JsonValueKind.Array => schema.Kinds == JsonKinds.Array,
            _ => false,
        };

    private JsonElement Changed(JsonElement value)
    {
        changes++;
        return value;
    }
}
