using System.Text.Json;

namespace Coda.Rows;

/// <summary>What operators of filters are called elsewhere: in SQL, in MongoDB, in words.</summary>
internal static class RowOperator
{
    /// <summary>Other names by the operator, separated by blanks.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } =
        new Dictionary<string, string>
        {
            ["equals"] = "= == === eq equal equalTo is in on anyOf oneOf",
            ["not"] = "!= !== <> ne neq isNot notEqual notEquals doesNotEqual nin notIn noneOf",
            ["contains"] = "has includes include like ilike containing containsText",
            ["before"] = "isBefore earlier earlierThan",
            ["after"] = "isAfter later laterThan",
            ["less"] = "< lt lessThan smaller smallerThan below under",
            ["more"] = "> gt greater greaterThan moreThan bigger above over",
            ["atLeast"] = ">= => gte ge greaterThanOrEqual greaterThanOrEquals greaterOrEqual onOrAfter since min",
            ["atMost"] = "<= =< lte le lessThanOrEqual lessThanOrEquals lessOrEqual onOrBefore until max",
            ["empty"] = "isEmpty blank isBlank null isNull none missing",
            ["notEmpty"] = "isNotEmpty notBlank isNotBlank notNull isNotNull nonEmpty exists any",
        };

    /// <summary>The operator that a word means, such as <c>$gte</c> or <c>not empty</c>; null: none.</summary>
    public static string? Of(string word)
    {
        var wanted = Plain(word);
        return wanted.Length == 0
            ? null
            : Words.Keys.FirstOrDefault(op => Plain(op) == wanted)
                ?? Words.FirstOrDefault(op => op.Value.Split(' ').Any(other => Plain(other) == wanted)).Key;
    }

    /// <summary>A filter whose value holds its operator, as in <c>{"$gt": 5}</c>, with the operator in its place.</summary>
    public static RowFilter Lifted(RowFilter filter)
    {
        if (
            (filter.Op ?? "equals") != "equals"
            || filter.Value is not { ValueKind: JsonValueKind.Object } value
            || value.GetPropertyCount() != 1
            || Of(value.EnumerateObject().Single().Name) is not { } op
        )
        {
            return filter;
        }

        var inner = value.EnumerateObject().Single().Value;
        return Lifted(filter with { Op = op, Value = inner.ValueKind == JsonValueKind.Null ? null : inner });
    }

    /// <summary>Whether a value is an object of operators, which say more than one filter does.</summary>
    public static bool AreMembersOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().Any(member => Of(member.Name) is not null || Plain(member.Name) is "op" or "operator");

    /// <summary>The operator that stands in a text, as in <c>&gt; 5</c> or <c>not empty</c>; null: none.</summary>
    public static string? Within(string text)
    {
        var trimmed = text.Trim();
        var sign = string.Concat(trimmed.TakeWhile(letter => letter is '<' or '>' or '=' or '!'));
        return sign.Length > 0 && sign.Length < trimmed.Length ? Of(sign)
            : Of(trimmed) is ("empty" or "notEmpty") and var op ? op
            : null;
    }

    private static string Plain(string word) =>
        string.Concat(word.Where(letter => char.IsLetterOrDigit(letter) || letter is '<' or '>' or '=' or '!')).ToLowerInvariant();
}
