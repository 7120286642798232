using System.Text.Json;
using McpGateway.Text;
using McpGateway.Tools.Schemas;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// The other names that a service's arguments go by: those of its official peers and of older versions. A name in another
/// case, with other separators or in the plural needs no entry.
/// </summary>
public sealed class ArgumentAliases
{
    private readonly Dictionary<string, List<string>> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> marks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> limits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Sentence, string? With)> advice = new(StringComparer.Ordinal);
    private readonly HashSet<string> sentences = new(StringComparer.Ordinal);

    /// <summary>Takes other names for a field, wherever a tool has that field and none of that name.</summary>
    /// <param name="field">The field; <c>options.field</c> is a member of an object.</param>
    /// <param name="names">The other names, separated by blanks.</param>
    public ArgumentAliases Take(string field, string names)
    {
        foreach (var name in names.Split(' ').Select(NearName.Loose))
        {
            if (!fields.TryGetValue(name, out var known))
            {
                fields[name] = known = [];
            }

            known.Add(field);
        }

        return this;
    }

    /// <summary>Takes other words for one of a field's choices, in whatever case.</summary>
    /// <param name="words">The other words, separated by blanks.</param>
    public ArgumentAliases TakeValue(string field, string choice, string words)
    {
        if (!values.TryGetValue(field, out var known))
        {
            values[field] = known = new(StringComparer.OrdinalIgnoreCase);
        }

        foreach (var word in words.Split(' '))
        {
            known[word] = choice;
        }

        return this;
    }

    /// <summary>A name that may stand beside the field it means, if it only says what kind of object it is in.</summary>
    /// <param name="values">Those kinds, separated by blanks.</param>
    public ArgumentAliases Mark(string name, string values)
    {
        marks[NearName.Loose(name)] = values.Split(' ');
        return this;
    }

    /// <summary>Says what to give instead of a name whose value means something else here.</summary>
    /// <param name="with">Only where a tool has this field.</param>
    public ArgumentAliases Advise(string name, string sentence, string? with = null)
    {
        advice[NearName.Loose(name)] = (sentence, with);
        return this;
    }

    /// <summary>
    /// Refuses a name that would go unnoticed for something else than was asked for, such as the first page again; the smallest values ask for nothing else.
    /// </summary>
    /// <param name="most">The largest value that asks for nothing else.</param>
    /// <param name="sentence">What to give instead.</param>
    public ArgumentAliases RefuseAbove(string name, int most, string sentence)
    {
        limits[NearName.Loose(name)] = most;
        return Advise(name, sentence);
    }

    /// <summary>Lists of sentences: a text in the place of one is one item, whatever commas it has.</summary>
    /// <param name="fields">Separated by blanks.</param>
    public ArgumentAliases Sentences(string fields)
    {
        sentences.UnionWith(fields.Split(' '));
        return this;
    }

    internal bool HasSentences(string field) => sentences.Contains(field);

    internal bool IsRefused(string name, JsonElement value) =>
        limits.TryGetValue(NearName.Loose(name), out var most)
        && LooseValue.AsInteger(value) is { } number
        && number.TryGetInt64(out var asked)
        && asked > most;

    /// <summary>The choice of a field that a word means, also one that is several words or has separators; null: none.</summary>
    internal string? ChoiceOf(string field, string text) =>
        values.TryGetValue(field, out var known)
        && known.TryGetValue(
            string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('_' or '-' or '$'))),
            out var choice
        )
            ? choice
            : null;

    internal bool IsMark(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && marks.GetValueOrDefault(NearName.Loose(name))?.Contains(value.GetString()) == true;

    internal IReadOnlyList<string> FieldsOf(string name) => fields.GetValueOrDefault(NearName.Loose(name)) ?? [];

    internal string? AdviceOn(string name, InputSchema schema) =>
        advice.TryGetValue(NearName.Loose(name), out var known) && (known.With is null || schema.Properties.ContainsKey(known.With))
            ? known.Sentence
            : null;
}
