namespace Memory.Database;

/// <summary>The rows that a statement reads. Disposing ends the reading.</summary>
internal interface IRows : IDisposable
{
    /// <summary>Goes to the next row.</summary>
    /// <returns>False after the last.</returns>
    bool Read();

    bool IsNull(int column);

    long Number(int column);

    string Text(int column);

    /// <summary>Good until the next row.</summary>
    ReadOnlySpan<byte> Bytes(int column);

    /// <summary>A value as what it is: long, string, byte[] or null.</summary>
    object? Value(int column);
}
