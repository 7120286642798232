using System.Text.Json;
using System.Text.Json.Serialization;
using Coda.Upstream;

namespace Coda.Tables;

/// <summary>A column.</summary>
/// <param name="Display">Whether it is the display column: the one that names its rows.</param>
/// <param name="Calculated">Whether a formula fills it; then it cannot be written.</param>
public sealed record Column(
    string Id,
    string Name,
    ColumnFormat? Format = null,
    bool? Display = null,
    bool? Calculated = null,
    string? Formula = null
);

/// <summary>What a column holds.</summary>
/// <param name="Type">text, number, date, checkbox, select, lookup, person, …</param>
/// <param name="Table">Of a lookup: the table it points to.</param>
public sealed record ColumnFormat(string Type, bool IsArray = false, Reference? Table = null, IReadOnlyList<SelectOption>? Options = null)
{
    /// <summary>What the type has of its own, such as precision or maximum.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; init; }
}

/// <summary>A choice of a select column.</summary>
public sealed record SelectOption(string Name);
