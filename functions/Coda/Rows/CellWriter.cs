using System.Globalization;
using System.Text.Json;
using Coda.Tables;
using McpGateway.Text;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>
/// Brings values into the form that a column's type takes, and refuses what Coda would take without a word and store as
/// something broken. Relations are <see cref="RelationResolver"/>'s.
/// </summary>
internal static class CellWriter
{
    /// <exception cref="McpException">Nobody can write this column.</exception>
    public static void CheckWritable(Column column)
    {
        if (column.Calculated == true)
        {
            throw new McpException(
                $"The column '{column.Name}' is calculated by a formula and cannot be written or used as a key: leave it out."
            );
        }

        if (column.Format?.Type == "button")
        {
            throw new McpException($"The column '{column.Name}' holds buttons: press one with coda_push_button.");
        }
    }

    /// <summary>The value as the API takes it. Null empties the cell.</summary>
    public static JsonElement Write(Column column, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || IsEmptyText(value))
        {
            return ToJson("");
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return WriteList(column, value);
        }

        return column.Format?.Type switch
        {
            "number" or "currency" or "slider" or "scale" => ToJson(Number(column, value)),
            "percent" => ToJson(Percent(column, value)),
            "checkbox" => ToJson(Flag(column, value)),
            "duration" => Duration(column, value),
            "date" => ToJson(Day(column, value)),
            "dateTime" or "time" => ToJson(Moment(column, value)),
            "person" => ToJson(Email(column, value)),
            "select" => ToJson(Option(column, value)),
            "image" or "attachments" => ToJson(Url(column, value)),
            "link" or "imageReference" when value.ValueKind == JsonValueKind.Object => ToJson(Url(column, value)),
            _ => value.ValueKind == JsonValueKind.Object ? throw Refuse(column, value, "a text, number or flag") : value,
        };
    }

    private static JsonElement WriteList(Column column, JsonElement value)
    {
        if (column.Format?.IsArray != false)
        {
            return ToJson(value.EnumerateArray().Select(member => Write(column, member)));
        }

        return value.GetArrayLength() switch
        {
            0 => ToJson(""),
            1 => Write(column, value[0]),
            _ => throw Refuse(column, value, "one value: the column does not take several"),
        };
    }

    public static McpException Refuse(Column column, JsonElement value, string wanted) =>
        new($"The column '{column.Name}' ({column.Format?.Type ?? "?"}) cannot take {Quote(value)}: give {wanted}.");

    public static double Number(Column column, JsonElement value) =>
        CellValue.TryReadGiven(value) ?? throw RefuseNumber(column, value, "a number, such as 12.5");

    private static McpException RefuseNumber(Column column, JsonElement value, string wanted) =>
        Refuse(
            column,
            value,
            CellValue.ReadingsOf(value) is var (whole, part) ? $"{whole} or {part}, whichever is meant"
                : CellValue.TryReadNumber(value) is not null
                    ? "a number of at most 15 digits: Coda would change the last ones. An identifier belongs in a column of text"
                : wanted
        );

    /// <summary>Coda keeps 50 % as 0.5. A number that could be one of the other scale needs the sign.</summary>
    public static double Percent(Column column, JsonElement value) =>
        CellValue.TryReadGivenPercent(value) is not { } share
            ? throw RefuseNumber(column, value, "a share, such as 0.5 or \"50%\" for fifty percent")
        : CellValue.IsPlainShare(share) || Text(value)?.Contains('%', StringComparison.Ordinal) == true ? share
        : throw Refuse(
            column,
            value,
            string.Create(
                CultureInfo.InvariantCulture,
                $"a share, such as 0.5 or \"50%\" for fifty percent; \"{share * 100:0.####}%\" if that is meant"
            )
        );

    private static bool Flag(Column column, JsonElement value) =>
        CellValue.TryReadFlag(value) ?? throw Refuse(column, value, "true or false");

    /// <summary>
    /// A day. Reading a date gives its midnight in the doc's time zone, which is taken for its day; any other time could be another day
    /// there.
    /// </summary>
    private static string Day(Column column, JsonElement value) =>
        Text(value) is { } text && CellValue.TryReadDay(text) is { } day
            ? day
            : throw Refuse(column, value, "a day, such as 2026-11-23, without a time");

    /// <summary>ISO 8601 alone: other forms are read by the doc's locale, which may swap day and month.</summary>
    private static string Moment(Column column, JsonElement value)
    {
        var isTime = column.Format?.Type == "time";
        return Text(value) is { } text && (isTime ? CellValue.IsTime(text) : CellValue.IsMoment(text))
            ? text
            : throw Refuse(
                column,
                value,
                isTime ? "a time as ISO 8601, such as 14:30" : "a date and time as ISO 8601, such as 2026-11-23T14:30:00Z"
            );
    }

    /// <summary>Coda reads durations in words of its own; a number would be one of days, and who gives one may mean minutes.</summary>
    private static JsonElement Duration(Column column, JsonElement value) =>
        CellDuration.TryReadGiven(value) is null ? throw RefuseDuration(column, value)
        : Text(value) is { } text ? ToJson(CellDuration.TryWrite(text))
        : value;

    public static McpException RefuseDuration(Column column, JsonElement value) =>
        Refuse(column, value, "a duration with its unit, such as \"90 mins\" or \"1 day 4 hrs\"");

    private static string Email(Column column, JsonElement value) =>
        (Text(value) ?? Text(Member(value, "email"))) is { } text && text.Contains('@', StringComparison.Ordinal)
            ? text
            : throw Refuse(column, value, "the person's e-mail address");

    /// <summary>Coda does not check options: an unknown name would become a cell of its own kind.</summary>
    public static string Option(Column column, JsonElement value)
    {
        var text =
            Text(value)
            ?? (value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null)
            ?? throw Refuse(column, value, "an option's name");
        if (column.Format?.Options is not { Count: > 0 } options)
        {
            return text;
        }

        var found =
            options.FirstOrDefault(option => option.Name == text)
            ?? options.FirstOrDefault(option => option.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return found?.Name
            ?? throw Refuse(
                column,
                value,
                $"one of its options: {string.Join(", ", options.Take(50).Select(option => $"'{option.Name}'"))}"
            );
    }

    private static string Url(Column column, JsonElement value) =>
        (Text(value) ?? Text(Member(value, "url"))) is { } text
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
            ? (Text(value) ?? Text(Member(value, "url")))!
            : throw Refuse(column, value, "a public URL");

    private static bool IsEmptyText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0;

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement ToJson<T>(T value) => JsonSerializer.SerializeToElement(value);

    // Its own text may be full of escapes.
    private static string Quote(JsonElement value) =>
        Cut.To(value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}\"" : value.GetRawText(), 80);
}
