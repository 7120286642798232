using System.Globalization;
using System.Text.Json;
using McpGateway.Text;

namespace Coda.Rows;

/// <summary>Conditions on rows. Coda takes one, for equality; the others are ours.</summary>
internal static class RowQuery
{
    /// <summary>Members of a simplified object that say which thing it is.</summary>
    private static readonly string[] Identities = ["rowId", "name", "email", "url", "amount"];

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = PlainJsonEncoder.Instance };

    /// <summary>The one condition Coda checks, as <c>c-id:"value"</c>.</summary>
    public static string ToQuery(string columnId, JsonElement value) => $"{columnId}:{JsonSerializer.Serialize(value, AsWritten)}";

    /// <summary>Whether a simplified cell equals a value: a relation by row id or name, a person by e-mail or name, a list by any of its members.</summary>
    public static bool Matches(JsonElement cell, JsonElement wanted) =>
        cell.ValueKind switch
        {
            JsonValueKind.Array when wanted.ValueKind != JsonValueKind.Array => cell.EnumerateArray()
                .Any(member => Matches(member, wanted)),
            JsonValueKind.Object when wanted.ValueKind != JsonValueKind.Object => Identities.Any(key =>
                cell.TryGetProperty(key, out var member) && Matches(member, wanted)
            ),
            _ => JsonElement.DeepEquals(cell, wanted) || TextOf(cell) is { } text && text == TextOf(wanted),
        };

    /// <summary>Scalars as text, so that "3" finds 3.</summary>
    private static string? TextOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
}
