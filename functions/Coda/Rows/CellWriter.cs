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
            return ToJson(value.EnumerateArray().Select(member => Write(column, member)));
        }

        return column.Format?.Type switch
        {
            "number" or "percent" or "currency" or "slider" or "scale" => ToJson(Number(column, value)),
            "checkbox" => ToJson(Flag(column, value)),
            "date" or "dateTime" or "time" => ToJson(Moment(column, value)),
            "person" => ToJson(Email(column, value)),
            "select" => ToJson(Option(column, value)),
            "image" or "attachments" => ToJson(Url(column, value)),
            _ => value.ValueKind == JsonValueKind.Object ? throw Refuse(column, value, "a text, number or flag") : value,
        };
    }

    public static McpException Refuse(Column column, JsonElement value, string wanted) =>
        new($"The column '{column.Name}' ({column.Format?.Type ?? "?"}) cannot take {Quote(value)}: give {wanted}.");

    private static double Number(Column column, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : Member(value, "amount") is { ValueKind: JsonValueKind.Number } amount ? amount.GetDouble()
        : Text(value) is { } text
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
        : throw Refuse(column, value, "a number, such as 12.5");

    private static bool Flag(Column column, JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : Text(value) is { } text && bool.TryParse(text, out var flag) ? flag
        : throw Refuse(column, value, "true or false");

    /// <summary>ISO 8601 alone: other forms are read by the doc's locale, which may swap day and month.</summary>
    private static string Moment(Column column, JsonElement value)
    {
        string[] forms = column.Format?.Type switch
        {
            "time" => ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"],
            _ =>
            [
                "yyyy-MM-dd",
                "yyyy-MM-ddTHH:mm",
                "yyyy-MM-ddTHH:mmK",
                "yyyy-MM-ddTHH:mm:ss",
                "yyyy-MM-ddTHH:mm:ssK",
                "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
                "yyyy-MM-dd HH:mm",
                "yyyy-MM-dd HH:mm:ss",
            ],
        };
        return
            Text(value) is { } text
                && DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            || column.Format?.Type == "time"
                && Text(value) is { } moment
                && DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, out _)
                && moment.Contains('T', StringComparison.Ordinal)
            ? Text(value)!
            : throw Refuse(
                column,
                value,
                column.Format?.Type == "time"
                    ? "a time as ISO 8601, such as 14:30"
                    : "a date as ISO 8601, such as 2026-11-23 or 2026-11-23T14:30:00Z"
            );
    }

    private static string Email(Column column, JsonElement value) =>
        (Text(value) ?? Text(Member(value, "email"))) is { } text && text.Contains('@', StringComparison.Ordinal)
            ? text
            : throw Refuse(column, value, "the person's e-mail address");

    /// <summary>Coda does not check options: an unknown name would become a cell of its own kind.</summary>
    private static string Option(Column column, JsonElement value)
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

    private static string Quote(JsonElement value) => Cut.To(value.GetRawText(), 80);
}
