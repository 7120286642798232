using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace McpGateway.Authentication;

/// <summary>
/// Finds credentials among those that were right before, as they were presented: how long it takes tells nothing of one, as the hash is of this
/// process's own key and the comparison takes constant time.
/// </summary>
public sealed class SecretComparer : IEqualityComparer<string>
{
    public static SecretComparer Instance { get; } = new();

    private SecretComparer() { }

    public bool Equals(string? x, string? y) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(x.AsSpan()), MemoryMarshal.AsBytes(y.AsSpan()));

    public int GetHashCode([DisallowNull] string obj) => obj.GetHashCode(StringComparison.Ordinal);
}
