using System.Text.Json;
using McpGateway.Tools.Schemas;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// Reads the arguments of one call by the tool's schema, at every depth: what is meant is put into the form the tool wants,
/// and what cannot be understood is told, all of it at once. A call that fits is walked once and stays as it is.
/// </summary>
/// <param name="tool">The name of the tool.</param>
/// <param name="aliases">Other names of arguments.</param>
/// <param name="writes">Whether the tool changes something, so that an argument must not get lost.</param>
internal sealed partial class ArgumentReader(string tool, ArgumentAliases aliases, bool writes)
{
    /// <summary>The problems that are told: whoever mends so many finds the rest by the same words.</summary>
    public const int MostProblems = 50;

    private const int MostWrappers = 3;

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
        arguments = Unwrapped(schema, arguments ?? new Dictionary<string, JsonElement>());
        return ReadMembers(schema, arguments) is { } changed ? new Dictionary<string, JsonElement>(changed) : arguments;
    }

    /// <summary>The arguments themselves, where they came in an object of their own, and that in another one.</summary>
    private IDictionary<string, JsonElement> Unwrapped(InputSchema schema, IDictionary<string, JsonElement> arguments)
    {
        for (var layer = 0; layer < MostWrappers && InnerOf(schema, arguments) is { } inner; layer++)
        {
            arguments = inner;
        }

        return arguments;
    }

    private Dictionary<string, JsonElement>? InnerOf(InputSchema schema, IDictionary<string, JsonElement> arguments) =>
        arguments
            .Where(argument => !ClientFields.Contains(argument.Key) && !ClientFields.IsName(argument.Key, argument.Value, tool))
            .Take(2)
            .ToList()
            is [var only]
        && ClientFields.AreArguments(only.Key)
        && FieldOf(schema, only.Key) is null
        && (LooseValue.AsObject(only.Value) ?? only.Value) is { ValueKind: JsonValueKind.Object } inner
            ? inner.EnumerateObject().ToDictionary(member => member.Name, member => member.Value)
            : null;

    /// <summary>The members as the schema wants them; null where they are so already.</summary>
    private List<KeyValuePair<string, JsonElement>>? ReadMembers(InputSchema schema, IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        List<KeyValuePair<string, JsonElement>>? changed = null;
        var kept = 0;
        var required = 0;
        foreach (var (name, value) in members)
        {
            if (HasEnough)
            {
                break;
            }

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

        return !HasEnough && required < schema.Required.Count ? AddMissing(schema, changed, changed ?? members) : changed;
    }

    /// <summary>Adds the required members that are empty where they are not given, and tells which others are missing.</summary>
    /// <param name="changed">The members, if they are not as they were given.</param>
    private List<KeyValuePair<string, JsonElement>>? AddMissing(
        InputSchema schema,
        List<KeyValuePair<string, JsonElement>>? changed,
        IEnumerable<KeyValuePair<string, JsonElement>> members
    )
    {
        var present = members.Select(member => member.Key).ToHashSet();
        var missing = schema.Required.Where(name => !present.Contains(name)).ToLookup(name => schema.Properties[name].EmptyUnlessGiven);
        Miss(schema, missing[false]);
        foreach (var name in missing[true])
        {
            (changed ??= [.. members]).Add(KeyValuePair.Create(name, Changed(LooseValue.List([]))));
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
        else if (Absence.IsOf(property, value))
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
            if (HasEnough)
            {
                break;
            }

            if (!schema.IsClosed || schema.Properties.ContainsKey(name) || Absence.IsNothing(value))
            {
                continue;
            }

            // Clients put them beside the arguments; further in they are the model's.
            if (path.IsRoot && ((ClientFields.Contains(name) && schema.Find(name) is null) || ClientFields.IsName(name, value, tool)))
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

    private void Miss(InputSchema schema, IEnumerable<string> names) =>
        problems.AddRange(names.Select(name => ArgumentWords.Missing(path.Of(name), schema.Properties[name])));

    private void Ignore(InputSchema schema, string name, JsonElement value)
    {
        var told = writes || aliases.IsRefused(name, value) ? problems : ignored;
        if (told.Count < MostProblems)
        {
            told.Add(ArgumentWords.Unknown(path.Of(name), schema, aliases.AdviceOn(name, schema)));
        }
    }

    // Enough is wrong for the call to be refused, and to say why: a sentence for each of a million items would be many times the call.
    private bool HasEnough => problems.Count >= MostProblems;

    private void RefuseTwin(string name, JsonElement value, string field, JsonElement twin)
    {
        if (!JsonElement.DeepEquals(value, twin) && !aliases.IsMark(name, value))
        {
            problems.Add($"{path.Of(name)} means {path.Of(field)}, which is given as well: give one of them.");
        }
    }

    private JsonElement Changed(JsonElement value)
    {
        changes++;
        return value;
    }
}
