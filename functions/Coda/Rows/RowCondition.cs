using System.Buffers;
using System.Text.Json;
using Coda.Links;
using Coda.Tables;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>
/// A condition on one column, in the form that the column's values have. A value that no cell of the column can have is refused: it would
/// find nothing, without a word.
/// </summary>
internal sealed class RowCondition
{
    private static readonly SearchValues<char> Formatting = SearchValues.Create("*_`[]~<>\\\n");

    // Columns whose cells are no words.
    private static readonly string[] Typed = [.. "number currency slider scale percent checkbox date dateTime time duration".Split(' ')];

    // Columns whose cells have several members, of which simple values show one.
    private static readonly string[] Compound = [.. "person lookup currency link image imageReference attachments".Split(' ')];

    private readonly Func<JsonElement, bool> matches;
    private readonly bool isNegated;
    private readonly bool isOfEmptiness;

    private RowCondition(
        Column column,
        Func<JsonElement, bool> matches,
        JsonElement? query = null,
        bool isNegated = false,
        string? doubt = null,
        bool isOfEmptiness = false
    )
    {
        Column = column;
        this.isOfEmptiness = isOfEmptiness;
        this.matches = matches;
        this.isNegated = isNegated;
        Doubt = doubt;
        Query = query is { } value && column.Format?.IsArray != true ? RowQuery.ToQuery(column.Id, value) : null;
    }

    public Column Column { get; }

    /// <summary>The condition as Coda takes it; null where Coda may compare otherwise, so that it is checked here.</summary>
    public string? Query { get; }

    /// <summary>What else may have been meant, for whoever finds nothing; null: nothing else.</summary>
    public string? Doubt { get; }

    /// <summary>
    /// Whether cells in this format tell all that is compared: simple values leave of a person the name, of a list its members in one text.
    /// </summary>
    public bool CanCheck(string valueFormat) =>
        valueFormat == "rich"
        || isOfEmptiness
        || (!Compound.Contains(Column.Format?.Type) && (valueFormat == "simpleWithArrays" || Column.Format?.IsArray != true));

    /// <summary>Whether a simplified cell meets it: a list by any of its members; a missing cell is an empty one.</summary>
    public bool Matches(JsonElement? cell) => Holds(cell) != isNegated;

    private bool Holds(JsonElement? cell) =>
        cell is not { } value || IsEmpty(value) ? matches(default)
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Any(matches)
        : matches(value);

    /// <exception cref="McpException">The column has no such value, or the operator needs one.</exception>
    public static RowCondition Of(Column column, RowFilter filter)
    {
        filter = RowOperator.Lifted(filter);
        var op = filter.Op ?? "equals";
        if (op is "empty" or "notEmpty")
        {
            return OfEmptiness(column, op, filter.Value);
        }

        if (filter.Value is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value)
        {
            throw new McpException(
                $"The filter on '{column.Name}' has no value: give one, or op=empty for cells without any, op=notEmpty for those with one."
            );
        }

        if (RowOperator.AreMembersOf(value))
        {
            throw new McpException(
                $"The filter on '{column.Name}' has operators in its value: make each a filter of its own, such as "
                    + $$"""{"column":"{{column.Name}}","op":"more","value":5}."""
            );
        }

        if (column.Format?.Type is { } type && Typed.Contains(type) && OperatorIn(value) is { } inner)
        {
            throw new McpException($"The filter on '{column.Name}' has its operator in the value: give op={inner}, and the value alone.");
        }

        return op switch
        {
            "equals" => Of(column, value),
            "not" => new(column, Of(column, value).matches, isNegated: true),
            "contains" => OfPart(column, value),
            "before" or "less" => OfOrder(sign => sign < 0),
            "after" or "more" => OfOrder(sign => sign > 0),
            "atLeast" => OfOrder(sign => sign >= 0),
            "atMost" => OfOrder(sign => sign <= 0),
            _ => throw new McpException($"op='{op}' is not known: use {string.Join(", ", RowOperator.Words.Keys)}."),
        };

        RowCondition OfOrder(Func<int, bool> wanted) =>
            RowOrder.Compare(column, value, wanted) is { } compared
                ? new(column, compared)
                : throw CellWriter.Refuse(column, value, "a day such as 2026-11-23, a number or a text, as the column holds");
    }

    private static RowCondition OfEmptiness(Column column, string op, JsonElement? value)
    {
        // {"op":"empty","value":false} and {"$exists":false}
        var isSo = value is not { } given || IsEmpty(given) || CellValue.TryReadFlag(given) is not false;
        if (value is { } said && !IsEmpty(said) && CellValue.TryReadFlag(said) is null)
        {
            throw new McpException($"The filter on '{column.Name}' has op={op} and a value: leave one of them out.");
        }

        return new(column, cell => cell.ValueKind == JsonValueKind.Undefined, isNegated: isSo == (op == "notEmpty"), isOfEmptiness: true);
    }

    private static RowCondition OfPart(Column column, JsonElement value) =>
        RowQuery.TextOf(value) is { Length: > 0 } part
            ? new(
                column,
                cell => RowQuery.IdentitiesOf(cell).Any(text => Named.Fold(text).Contains(Named.Fold(part), StringComparison.Ordinal))
            )
            : throw CellWriter.Refuse(column, value, "a part of the text");

    /// <exception cref="McpException">The column has no such value.</exception>
    private static RowCondition Of(Column column, JsonElement value)
    {
        if (IsEmpty(value))
        {
            return new(column, cell => cell.ValueKind == JsonValueKind.Undefined, isOfEmptiness: true);
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            var choices = value.EnumerateArray().Select(choice => Of(column, choice)).ToList();
            return new(
                column,
                cell => choices.Exists(choice => choice.matches(cell)),
                doubt: choices.Select(choice => choice.Doubt).FirstOrDefault(doubt => doubt is not null)
            );
        }

        return column.Format?.Type switch
        {
            "number" or "currency" or "slider" or "scale" => OfNumber(column, CellWriter.Number(column, value)),
            "percent" => OfNumber(column, CellWriter.Percent(column, value)),
            "checkbox" => OfFlag(column, value),
            "date" or "dateTime" => OfMoment(column, value),
            "time" => OfTime(column, value),
            "duration" => OfDuration(column, value),
            "select" => OfText(column, CellWriter.Option(column, value), exact: true),
            "person" => OfIdentity(column, value, "a person's e-mail address or name"),
            "lookup" => OfIdentity(column, value, "a row's name or id"),
            _ => value.ValueKind == JsonValueKind.Object
                ? OfIdentity(column, value, "a text, number or flag")
                : OfText(column, RowQuery.TextOf(value)!, exact: column.Format?.Type is "text" && IsPlain(value), DoubtOf(value)),
        };
    }

    private static RowCondition OfNumber(Column column, double wanted) =>
        new(
            column,
            cell => CellValue.TryReadPercent(cell) is { } found && Math.Abs(found - wanted) <= 1e-9 * Math.Max(1, Math.Abs(wanted)),
            JsonSerializer.SerializeToElement(wanted)
        );

    private static RowCondition OfFlag(Column column, JsonElement value) =>
        CellValue.TryReadFlag(value) is { } wanted
            ? new(column, cell => CellValue.TryReadFlag(cell) == wanted, JsonSerializer.SerializeToElement(wanted))
            : throw CellWriter.Refuse(column, value, "true or false");

    /// <summary>By the day as the doc shows it, or by the instant where a time is given.</summary>
    private static RowCondition OfMoment(Column column, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && RowOrder.DayOf(column, value.GetString()!) is { } day)
        {
            return new(
                column,
                cell => cell.ValueKind == JsonValueKind.String && cell.GetString()!.StartsWith(day, StringComparison.Ordinal)
            );
        }

        return
            value.ValueKind == JsonValueKind.String
            && column.Format?.Type == "dateTime"
            && CellValue.IsMoment(value.GetString()!.Trim())
            && CellMoment.TryRead(value.GetString()) is { } moment
            ? new(column, cell => MomentOf(cell) is { } found && found.CompareTo(moment) == 0)
            : throw CellWriter.Refuse(column, value, "a day, such as 2026-11-23");
    }

    private static RowCondition OfTime(Column column, JsonElement value) =>
        CellValue.TryReadTime(RowQuery.TextOf(value)) is { } time
            ? new(column, cell => CellValue.TryReadTime(RowQuery.TextOf(cell)) == time)
            : throw CellWriter.Refuse(column, value, "a time, such as 14:30");

    private static RowCondition OfDuration(Column column, JsonElement value) =>
        CellDuration.TryReadGiven(value) is { } duration
            ? new(column, cell => CellDuration.TryRead(cell) == duration)
            : throw CellWriter.RefuseDuration(column, value);

    /// <summary>By any member that says which thing it is, in whatever case.</summary>
    private static RowCondition OfIdentity(Column column, JsonElement value, string wanted)
    {
        var texts = RowQuery.IdentitiesOf(value).Select(Named.Fold).ToHashSet();
        return texts.Count > 0
            ? new(column, cell => RowQuery.IdentitiesOf(cell).Any(identity => texts.Contains(Named.Fold(identity))))
            : throw CellWriter.Refuse(column, value, wanted);
    }

    private static RowCondition OfText(Column column, string wanted, bool exact, string? doubt = null) =>
        new(
            column,
            cell => RowQuery.IdentitiesOf(cell).Any(text => text == wanted),
            exact ? JsonSerializer.SerializeToElement(wanted) : null,
            doubt: doubt
        );

    private static string? DoubtOf(JsonElement value) =>
        value.ValueKind != JsonValueKind.String ? null
        : OperatorIn(value) is { } op ? $"No cell is the text \"{value.GetString()}\": an operator goes into op={op}."
        : $"No cell is exactly the text \"{value.GetString()}\": op=contains finds it in other cases and within longer texts.";

    private static string? OperatorIn(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? RowOperator.Within(value.GetString()!) : null;

    /// <summary>Whether a text reads the same with and without the formatting that reading shows as Markdown.</summary>
    private static bool IsPlain(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.AsSpan().IndexOfAny(Formatting) < 0;

    private static CellMoment? MomentOf(JsonElement cell) =>
        cell.ValueKind == JsonValueKind.String ? CellMoment.TryRead(cell.GetString()) : null;

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0)
        || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
}
