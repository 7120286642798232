using System.Text.Json;
using Coda.Upstream;

namespace Coda.Rows;

/// <summary>Rows found.</summary>
/// <param name="Count">How many of the rows looked at match.</param>
/// <param name="Complete">Whether every row was looked at.</param>
/// <param name="Groups">With groupBy: each value of the column, with how many rows and their sums.</param>
/// <param name="Sums">By column, over all matching rows.</param>
public sealed record FoundRows(
    IReadOnlyList<FoundRow> Items,
    int Count,
    bool Complete,
    IReadOnlyList<RowGroup>? Groups = null,
    IReadOnlyDictionary<string, double>? Sums = null,
    string? NextPageToken = null,
    string? Note = null
);

/// <summary>A row found.</summary>
public sealed record FoundRow(
    string Id,
    IReadOnlyDictionary<string, JsonElement> Cells,
    string? Name = null,
    Reference? Table = null,
    string? BrowserLink = null
);

/// <summary>Matching rows with one value in the column they are grouped by.</summary>
public sealed record RowGroup(string Value, int Count, IReadOnlyDictionary<string, double>? Sums = null);
