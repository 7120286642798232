using System.Text.Json;
using Coda.Links;
using Coda.Tables;

namespace Coda.Rows;

/// <summary>The order of cells: numbers by value, dates by time, texts by letters in any case.</summary>
internal static class RowOrder
{
    /// <summary>The cell of a column in a row; null when it is empty.</summary>
    public static JsonElement? CellOf(this TableColumns columns, Row row, Column column) =>
        row.Cells.TryGetValue(columns.LabelOf(column.Id), out var cell) ? cell : null;

    /// <summary>A test of cells against a value by their order; null where the column's cells have none with it.</summary>
    /// <param name="wanted">What the sign of the comparison has to be.</param>
    public static Func<JsonElement, bool>? Compare(Column column, JsonElement value, Func<int, bool> wanted)
    {
        switch (column.Format?.Type)
        {
            case "date" or "dateTime":
                if (value.ValueKind != JsonValueKind.String)
                {
                    return null;
                }

                var text = value.GetString()!.Trim();
                if (DayOf(column, text) is { } day)
                {
                    // Any time of that day is neither before nor after it.
                    return cell => Text(cell) is { Length: >= 10 } found && wanted(string.CompareOrdinal(found[..10], day));
                }

                return CellValue.IsMoment(text) && CellMoment.TryRead(text) is { } moment
                    ? cell => CellMoment.TryRead(Text(cell)) is { } found && wanted(found.CompareTo(moment))
                    : null;
            case "time":
                return CellValue.TryReadTime(RowQuery.TextOf(value)) is { } time
                    ? cell => CellValue.TryReadTime(Text(cell)) is { } found && wanted(found.CompareTo(time))
                    : null;
            case "duration":
                return CellDuration.TryReadGiven(value) is { } duration
                    ? cell => CellDuration.TryRead(cell) is { } found && wanted(found.CompareTo(duration))
                    : null;
            case "number" or "currency" or "slider" or "scale" or "percent":
                var number = column.Format.Type == "percent" ? CellWriter.Percent(column, value) : CellWriter.Number(column, value);
                return cell => CellValue.TryReadPercent(cell) is { } found && wanted(found.CompareTo(number));
            default:
                if (CellValue.TryReadNumber(value) is { } plain && value.ValueKind == JsonValueKind.Number)
                {
                    return cell => CellValue.TryReadNumber(cell) is { } found && wanted(found.CompareTo(plain));
                }

                return RowQuery.TextOf(value) is { } letters
                    ? cell => Text(cell) is { } found && wanted(string.CompareOrdinal(Named.Fold(found), Named.Fold(letters)))
                    : null;
        }
    }

    /// <summary>
    /// The day that a text means in a column: of dates also its midnight, as reading gives it; where cells have a time, a text with one is a moment.
    /// </summary>
    public static string? DayOf(Column column, string text) =>
        column.Format?.Type == "date" || text.Trim().Length <= "2026-11-23".Length ? CellValue.TryReadDay(text) : null;

    /// <summary>What a column's cell is sorted by; empty ones come last either way.</summary>
    public static (int Rank, double Number, string Text) KeyOf(Column column, JsonElement? cell) =>
        cell is not { } value ? (2, 0, "")
        : column.Format?.Type == "duration" && CellDuration.TryRead(value) is { } duration ? (0, duration.TotalSeconds, "")
        : CellValue.TryReadPercent(value) is { } number ? (0, number, "")
        : (1, 0, Named.Fold(string.Join(", ", TextsOf(value))));

    /// <summary>Every text in a cell.</summary>
    public static IEnumerable<string> TextsOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(TextsOf) : RowQuery.IdentitiesOf(value);

    private static string? Text(JsonElement cell) =>
        cell.ValueKind == JsonValueKind.String ? cell.GetString() : RowQuery.IdentitiesOf(cell).FirstOrDefault();
}
