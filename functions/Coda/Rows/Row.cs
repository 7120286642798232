using System.Text.Json;
using McpGateway.Tools.Schemas;

namespace Coda.Rows;

/// <summary>A row.</summary>
/// <param name="Name">The value of the display column.</param>
/// <param name="Cells">Values by column name; empty ones are left out. Relations are {rowId, name}, people {name, email}.</param>
public sealed record Row(
    string Id,
    IReadOnlyDictionary<string, JsonElement> Cells,
    string? Name = null,
    string? UpdatedAt = null,
    string? BrowserLink = null
);

/// <summary>A condition on a column.</summary>
/// <param name="Column">ID or name.</param>
/// <param name="Op">Default equals. before and after are for dates, less and more for numbers.</param>
public sealed record RowFilter(
    string Column,
    [property: JsonShape("string", "number", "boolean", "array", TakesObjects = true), EmptyClears] JsonElement? Value = null,
    [property: Subset("equals", "not", "contains", "before", "after", "less", "more", "atLeast", "atMost", "empty", "notEmpty")]
        string? Op = null
);
