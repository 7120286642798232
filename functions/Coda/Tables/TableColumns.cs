using Coda.Docs;
using Coda.Links;
using McpGateway.Caching;

namespace Coda.Tables;

/// <summary>The columns of a table.</summary>
internal sealed class TableColumns(IReadOnlyList<Column> columns)
{
    private readonly Dictionary<string, Column> byId = columns.ToDictionary(column => column.Id);
    private readonly HashSet<string> ambiguous =
    [
        .. columns.GroupBy(column => column.Name).Where(group => group.Count() > 1).Select(group => group.Key),
    ];

    public IReadOnlyList<Column> All => columns;

    /// <summary>The column with this id or name; a name that several have is refused.</summary>
    public Column Find(string idOrName, string field) => Named.Find(columns, idOrName, field, column => column.Id, column => column.Name);

    /// <summary>Whether a column may be meant by this id or name; several of the name count as well.</summary>
    public bool Has(string idOrName) => columns.Any(column => column.Id == idOrName || Named.Fold(column.Name) == Named.Fold(idOrName));

    /// <summary>What a column holds, by its id; null: that is not known.</summary>
    public string? TypeOf(string columnId) => byId.GetValueOrDefault(columnId)?.Format?.Type;

    /// <summary>What a column is called in rows: its name, with the id where several have that name.</summary>
    public string LabelOf(string columnId) =>
        !byId.TryGetValue(columnId, out var column) ? columnId
        : ambiguous.Contains(column.Name) ? $"{column.Name} ({column.Id})"
        : column.Name;
}

/// <summary>Keeps columns for a minute: every row that is read or written needs them.</summary>
internal sealed class ColumnCache(TimeProvider time)
{
    private const int Most = 500;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly Remembered<string, TableColumns> tables = new(Lifetime, Most, time);

    public TableColumns? Find(DocId doc, string tableId) => tables.TryFind($"{doc} {tableId}", out var columns) ? columns : null;

    public TableColumns Keep(DocId doc, string tableId, TableColumns columns)
    {
        tables.Keep($"{doc} {tableId}", columns);
        return columns;
    }
}
