using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Memory.Database;

namespace Memory.Moving;

/// <summary>A table whose rows go from one database to another as they are, in the order of their keys.</summary>
/// <param name="Key">The columns of its key after the namespace: of one or two.</param>
internal sealed record MovedTable(string Name, string[] Key, string[] Others)
{
    public static IReadOnlyList<MovedTable> All { get; } =
    [
        new("entity", ["id"], ["name", "type", "created", "updated"]),
        new("observation", ["id"], ["text", "created", "until"]),
        new("relation", ["id"], ["source", "target", "type", "created"]),
        new("log", ["seq"], ["call", "at", "by", "operation", "subject", "before", "after"]),
        new("import", ["content"], ["path", "at", "report"]) { Without = $" AND content <> '{MemoryMove.Mark}'" },
        new("counter", ["name"], ["value"]),
        new("term", ["text"], ["id"]),
        new("posting", ["term", "chunk"], ["count", "entities"]),
        new("vocabulary", ["block"], ["terms"]),
    ];

    /// <summary>A condition for what is not moved.</summary>
    private string Without { get; init; } = "";

    private string KeyList => string.Join(", ", Key);

    private string[] Columns => [.. Key, .. Others];

    /// <summary>The rows that follow a key, or the first ones.</summary>
    public List<object?[]> After(Space space, object?[]? key, int most)
    {
        using var rows = key switch
        {
            null => space.Read(
                $"SELECT {string.Join(", ", Columns)} FROM {Name} WHERE namespace = ?1{Without} ORDER BY {KeyList} LIMIT ?2",
                (long)most
            ),
            [var one] => space.Read(
                $"SELECT {string.Join(", ", Columns)} FROM {Name} WHERE namespace = ?1{Without} AND {Key[0]} > ?2 ORDER BY {KeyList} LIMIT ?3",
                one,
                (long)most
            ),
            _ => space.Read(
                $"SELECT {string.Join(", ", Columns)} FROM {Name} WHERE namespace = ?1{Without} AND ({KeyList}) > (?2, ?3) ORDER BY {KeyList} LIMIT ?4",
                key[0],
                key[1],
                (long)most
            ),
        };
        var found = new List<object?[]>();
        while (rows.Read())
        {
            found.Add([.. Columns.Select((_, i) => rows.Value(i))]);
        }

        return found;
    }

    /// <summary>The last key there is, or null.</summary>
    public object?[]? Last(Space space)
    {
        var order = string.Join(", ", Key.Select(column => $"{column} DESC"));
        using var rows = space.Read($"SELECT {KeyList} FROM {Name} WHERE namespace = ?1{Without} ORDER BY {order} LIMIT 1");
        return rows.Read() ? [.. Key.Select((_, i) => rows.Value(i))] : null;
    }

    public long Count(Space space) => (long)space.Scalar($"SELECT count(*) FROM {Name} WHERE namespace = ?1{Without}")!;

    public void Insert(Space space, object?[] row)
    {
        var parameters = string.Join(", ", Columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"?{i + 2}")));
        space.Run($"INSERT INTO {Name} (namespace, {string.Join(", ", Columns)}) VALUES (?1, {parameters})", row);
    }

    public void Clear(Space space) => space.Run($"DELETE FROM {Name} WHERE namespace = ?1{Without}");

    /// <summary>SHA-256 of all rows.</summary>
    public string Digest(Space space)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = space.Stream($"SELECT {string.Join(", ", Columns)} FROM {Name} WHERE namespace = ?1{Without} ORDER BY {KeyList}");
        while (rows.Read())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < Columns.Length; i++)
            {
                Add(hash, rows.Value(i));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, object? value)
    {
        var (kind, bytes) = value switch
        {
            null => ("-", []),
            long number => ("n", BitConverter.GetBytes(number)),
            string text => ("t", Encoding.UTF8.GetBytes(text)),
            _ => ("b", (byte[])value),
        };
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}{bytes.Length}:")));
        hash.AppendData(bytes);
    }
}
