namespace Coda.Outline;

/// <summary>What a doc consists of.</summary>
public sealed record DocSchema(
    string DocId,
    string Name,
    IReadOnlyList<SchemaPage> Pages,
    IReadOnlyList<SchemaTable> Tables,
    bool Complete,
    string? NextPageToken = null,
    string? Note = null
);

/// <summary>A page, after its parent.</summary>
public sealed record SchemaPage(string Id, string Name, int Depth);

/// <summary>A table or view; columns only where the doc has few tables.</summary>
public sealed record SchemaTable(
    string Id,
    string Name,
    string? TableType = null,
    string? Page = null,
    IReadOnlyList<SchemaColumn>? Columns = null
);

/// <summary>A column.</summary>
public sealed record SchemaColumn(string Id, string Name, string? Type = null, bool? Calculated = null, string? RelatesTo = null);
