using System.Text.Json;
using System.Text.Json.Nodes;
using Coda.Tables;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>Turns cells as Coda sends them (JSON-LD objects, fenced text) into what a model needs of them.</summary>
internal static class CellReader
{
    private const string Fence = "```";

    public static Row Read(CodaRow row, TableColumns columns, IReadOnlyCollection<string>? wantedColumnIds) =>
        new(
            row.Id,
            (row.Values ?? [])
                .Where(cell => wantedColumnIds?.Contains(cell.Key) != false)
                .Select(cell =>
                    (
                        cell.Key,
                        Value: JsonSerializer.SerializeToElement(
                            Simplify(cell.Value, columns.TypeOf(cell.Key)),
                            McpJsonUtilities.DefaultOptions
                        )
                    )
                )
                .Where(cell => !IsEmpty(cell.Value))
                .ToDictionary(cell => columns.LabelOf(cell.Key), cell => cell.Value),
            row.Name,
            row.UpdatedAt,
            row.BrowserLink
        );

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0)
        || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private static JsonNode? Simplify(JsonElement value, string? type) =>
        value.ValueKind switch
        {
            JsonValueKind.Number when type == "percent" => CellValue.ShowShare(value),
            JsonValueKind.String => JsonValue.Create(Unfence(value.GetString()!)),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(member => Simplify(member, type))]),
            JsonValueKind.Object => SimplifyObject(JsonObject.Create(value)!),
            _ => JsonValue.Create(value),
        };

    /// <summary>https://coda.io/developers/apis/v1#tag/Rows: rich values are JSON-LD.</summary>
    private static JsonObject SimplifyObject(JsonObject value)
    {
        var type = value["@type"]?.ToString();
        string[] kept = type switch
        {
            "StructuredValue" => ["rowId", "name"],
            "Person" => ["name", "email"],
            "MonetaryAmount" => ["currency", "amount"],
            "WebPage" => ["url", "name"],
            "ImageObject" => ["name", "url", "status"],
            _ => [.. value.Select(member => member.Key).Where(key => key is not ("@context" or "@type"))],
        };
        return new(
            kept.Where(key => value[key] is not null && value[key]!.ToString() != "")
                .Select(key => KeyValuePair.Create(key, value[key]?.DeepClone()))
        );
    }

    /// <summary>Unformatted text comes between three backticks.</summary>
    private static string Unfence(string text) =>
        text.Length >= 2 * Fence.Length
        && text.StartsWith(Fence, StringComparison.Ordinal)
        && text.EndsWith(Fence, StringComparison.Ordinal)
        && !text[Fence.Length..^Fence.Length].Contains(Fence, StringComparison.Ordinal)
            ? text[Fence.Length..^Fence.Length]
            : text;
}
