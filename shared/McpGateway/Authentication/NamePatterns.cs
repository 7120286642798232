using System.Buffers;
using System.IO.Enumeration;

namespace McpGateway.Authentication;

/// <summary>Names of tools, in which <c>*</c> stands for any characters: <c>search_* open_nodes</c>.</summary>
public sealed class NamePatterns
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.*"
    );

    private NamePatterns(IReadOnlyList<string> all) => All = all;

    /// <summary>Matches no name.</summary>
    public static NamePatterns None { get; } = new([]);

    /// <summary>Each as it was written.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Those of a text, separated by spaces; null when it holds none, or something that no tool could be called.</summary>
    public static NamePatterns? Read(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } names
        && names.All(name => !name.AsSpan().ContainsAnyExcept(Allowed))
            ? new(names)
            : null;

    public bool Match(string name) => All.Any(pattern => Matches(pattern, name));

    /// <summary>Those of either.</summary>
    public NamePatterns And(NamePatterns other) => new([.. All.Union(other.All, StringComparer.Ordinal)]);

    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    public override string ToString() => string.Join(' ', All);
}
