using Coda.Upstream;

namespace Coda.Tables;

/// <summary>A table or view as lists show it.</summary>
/// <param name="TableType">table, view or database.</param>
/// <param name="Parent">The page it is on.</param>
public sealed record TableReference(string Id, string Name, string? TableType = null, string? BrowserLink = null, Reference? Parent = null);

/// <summary>A table, or a view of one.</summary>
/// <param name="TableType">table, view or database.</param>
/// <param name="Parent">The page it is on.</param>
/// <param name="ParentTable">Of a view: the table it shows.</param>
public sealed record Table(
    string Id,
    string Name,
    string? TableType = null,
    string? BrowserLink = null,
    Reference? Parent = null,
    Reference? ParentTable = null,
    Reference? DisplayColumn = null,
    long? RowCount = null,
    string? Layout = null,
    string? UpdatedAt = null
);
