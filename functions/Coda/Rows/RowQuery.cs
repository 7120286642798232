using System.Globalization;
using System.Text.Json;
using McpGateway.Text;

namespace Coda.Rows;

/// <summary>The one condition that Coda itself checks, and the texts by which cells are compared.</summary>
internal static class RowQuery
{
    /// <summary>Members of a simplified object that say which thing it is.</summary>
    private static readonly string[] Identities = ["rowId", "name", "email", "url", "amount"];

    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = PlainJsonEncoder.Instance };

    /// <summary>The condition as <c>c-id:"value"</c>.</summary>
    public static string ToQuery(string columnId, JsonElement value) => $"{columnId}:{JsonSerializer.Serialize(value, AsWritten)}";

    /// <summary>Each text that says which thing a cell or a wanted value is; none for what has no such text.</summary>
    public static IEnumerable<string> IdentitiesOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
            ? Identities.Where(name => value.TryGetProperty(name, out _)).Select(name => TextOf(value.GetProperty(name))).OfType<string>()
            : new[] { TextOf(value) }.OfType<string>();

    /// <summary>Scalars as text, so that "3" finds 3.</summary>
    public static string? TextOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
}
