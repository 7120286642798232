using System.Text.Json;
using McpGateway.Tools.Schemas;

namespace McpGateway.Tools.Arguments;

// Values, each by its schema; members of objects are in ArgumentReader.cs.
internal sealed partial class ArgumentReader
{
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
            JsonKinds.Object => LooseValue.AsObject(value, isOpen: schema.Properties.Count == 0),
            // A field of a form that was left empty is no list of one blank.
            JsonKinds.Array when schema.EmptyClears && Absence.IsBlank(value) => null,
            JsonKinds.Array => LooseValue.AsArray(value, schema.Items!, aliases.HasSentences(path.Name)),
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
                return ReadMembers(schema, MembersOf(schema, value)) is { } changed ? Changed(LooseValue.Object(changed)) : value;
            case JsonValueKind.Array when schema.Items is { Kinds: JsonKinds.Text, Choices: [] } && LooseValue.AsTexts(value) is { } texts:
                return Changed(ReadFitting(schema, texts));
            case JsonValueKind.Array when schema.Items is { } items:
                CheckLength(schema, value, value.GetArrayLength());
                return ReadItems(schema, items, value);
            case JsonValueKind.String:
                return ReadText(schema, value);
            case JsonValueKind.Number:
                CheckRange(schema, value);
                return value;
            default:
                return value;
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> MembersOf(InputSchema schema, JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            yield return KeyValuePair.Create(schema.NameOf(member), member.Value);
        }
    }

    private JsonElement ReadItems(InputSchema list, InputSchema items, JsonElement value)
    {
        List<JsonElement>? changed = null;
        var index = 0;
        var areTexts = items.IsAnyText && !ArgumentWords.IsAddress(path.Name);
        foreach (var item in value.EnumerateArray())
        {
            if (HasEnough)
            {
                break;
            }

            if (items.Kinds == JsonKinds.Text && !list.EmptyClears && Absence.IsBlank(item))
            {
                // Something was meant to be written, or looked for; of what need not be given to look for, this was not.
                if (writes || list.IsRequired)
                {
                    path.Enter(index);
                    problems.Add(ArgumentWords.Blank(path.ToString(), items));
                    path.Leave();
                }

                changed ??= [.. value.EnumerateArray().Take(index)];
                index++;
                continue;
            }

            if (areTexts && item.ValueKind == JsonValueKind.String)
            {
                changed?.Add(item);
                index++;
                continue;
            }

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

            if ((LooseValue.Choice(value.GetString()!, schema.Choices) ?? aliases.ChoiceOf(path.Name, value.GetString()!)) is { } meant)
            {
                return Changed(LooseValue.Text(meant));
            }

            problems.Add(ArgumentWords.NoChoice(path.ToString(), schema, value));
            return value;
        }

        if (schema is { IsRequired: true, EmptyClears: false } && Absence.IsBlank(value))
        {
            // It would be the name of whatever has none, or nothing where something was meant: a search for it is paid for and finds anything.
            problems.Add(ArgumentWords.Blank(path.ToString(), schema));
        }

        if (schema.MinLength is not null || schema.MaxLength is not null)
        {
            CheckLength(schema, value, value.GetString()!.Length);
        }

        if (schema.Form is null && !ArgumentWords.IsAddress(path.Name))
        {
            return value;
        }

        var text = WrappedText.Unwrap(value.GetString()!);
        text = schema.Form?.Read(text) ?? text;
        return value.ValueEquals(text) ? value : Changed(LooseValue.Text(text));
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
}
