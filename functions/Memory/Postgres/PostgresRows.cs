using Memory.Database;

namespace Memory.Postgres;

/// <summary>Rows that have arrived, or arrive as they are asked for.</summary>
internal sealed class PostgresRows(IEnumerator<object?[]> rows) : IRows
{
    public bool Read() => rows.MoveNext();

    public bool IsNull(int column) => rows.Current[column] is null;

    public long Number(int column) => (long)rows.Current[column]!;

    public string Text(int column) =>
        rows.Current[column] is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : (string)rows.Current[column]!;

    public ReadOnlySpan<byte> Bytes(int column) => (byte[])rows.Current[column]!;

    public object? Value(int column) => rows.Current[column];

    public void Dispose() => rows.Dispose();
}
