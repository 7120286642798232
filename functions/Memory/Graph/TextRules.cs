using System.Globalization;
using ModelContextProtocol;

namespace Memory.Graph;

/// <summary>
/// Which texts can be remembered. Everything else is kept as given: nothing is trimmed, folded or normalised. A name has to show; a type and a fact
/// may be empty, as they may for the official server.
/// </summary>
internal static class TextRules
{
    /// <summary>The most characters of a name or type. Answers are bounded by leaving out and cutting observations, which a name does not allow.</summary>
    public const int LongestName = 2_000;

    public static void Check(IReadOnlyList<Entity> entities)
    {
        for (var i = 0; i < entities.Count; i++)
        {
            CheckName(entities[i].Name, "entities", i, "name");
            CheckLabel(entities[i].EntityType, "entities", i, "entityType");
            Check(entities[i].Observations, "entities", i, "observations");
        }
    }

    public static void Check(IReadOnlyList<Relation> relations)
    {
        for (var i = 0; i < relations.Count; i++)
        {
            CheckName(relations[i].From, "relations", i, "from");
            CheckName(relations[i].To, "relations", i, "to");
            CheckLabel(relations[i].RelationType, "relations", i, "relationType");
        }
    }

    public static void Check(IReadOnlyList<ObservationAddition> additions)
    {
        for (var i = 0; i < additions.Count; i++)
        {
            Check(additions[i].Contents, "observations", i, "contents");
        }
    }

    public static void Check(IReadOnlyList<ObservationUpdate> updates)
    {
        for (var i = 0; i < updates.Count; i++)
        {
            Check([updates[i].NewObservation], "updates", i, "newObservation");
        }
    }

    /// <summary>Checks a name that comes as an argument of its own.</summary>
    /// <param name="argument">The argument that errors name.</param>
    public static void CheckName(string name, string argument)
    {
        if (IsBlank(name))
        {
            throw new McpException($"{argument} is blank: give a name. Nothing was stored.");
        }

        CheckType(name, argument);
    }

    /// <summary>Checks a type that comes as an argument of its own; an empty one is none.</summary>
    /// <param name="argument">The argument that errors name.</param>
    public static void CheckType(string type, string argument)
    {
        if (IsTooLong(type) || FindProblem(type) is not null)
        {
            var problem = IsTooLong(type) ? $"has {type.Length} characters, a name or type {LongestName} at most" : FindProblem(type);
            throw new McpException($"{argument} {problem}: change it and call again; nothing was stored.");
        }
    }

    /// <summary>What is wrong with a text, or null.</summary>
    public static string? FindProblem(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? "contains the character U+0000"
        : HasLoneSurrogate(text) ? "contains half of a surrogate pair, which is not a character"
        : null;

    /// <summary>Whether a text holds nothing that shows: spaces, control characters, joiners.</summary>
    public static bool IsBlank(string text) =>
        text.All(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    /// <summary>Whether a text is too long for a name or type.</summary>
    public static bool IsTooLong(string name) => name.Length > LongestName;

    private static void CheckName(string name, string list, int index, string field)
    {
        if (IsBlank(name))
        {
            throw new McpException($"{list}[{index}].{field} is blank: give the entity a name. Nothing was stored.");
        }

        CheckLabel(name, list, index, field);
    }

    private static void Check(IReadOnlyList<string> texts, string list, int index, string field)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (FindProblem(texts[i]) is { } problem)
            {
                throw new McpException($"{list}[{index}].{field}[{i}] {problem}: leave it out and call again; nothing was stored.");
            }
        }
    }

    private static void CheckLabel(string text, string list, int index, string field)
    {
        if (IsTooLong(text))
        {
            throw new McpException(
                $"{list}[{index}].{field} has {text.Length} characters, a name or type {LongestName} at most: shorten it, say the "
                    + "rest in an observation and call again; nothing was stored."
            );
        }

        if (FindProblem(text) is { } problem)
        {
            throw new McpException($"{list}[{index}].{field} {problem}: leave it out and call again; nothing was stored.");
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return true;
            }
        }

        return false;
    }
}
