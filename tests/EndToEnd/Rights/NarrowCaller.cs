using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EndToEnd.Rights;

/// <summary>A tool as the attack sees it.</summary>
internal sealed record AttackedTool(string Name, bool Reads, JsonObject Arguments);

/// <summary>A caller, and what its rights mean by a reading of the attack's own.</summary>
internal sealed record NarrowCaller(string Name, string Token, IReadOnlyList<string> Rights)
{
    /// <summary>Whether the caller may change nothing.</summary>
    public bool Reads => Rights.Contains("read");

    /// <summary>The namespaces it is kept to; null for all.</summary>
    public string? Namespaces =>
        Rights.FirstOrDefault(right => right.StartsWith("namespaces=", StringComparison.Ordinal))?["namespaces=".Length..];

    public bool May(AttackedTool tool) =>
        Rights.All(right =>
            right == "read" ? tool.Reads
            : right.StartsWith("tools=", StringComparison.Ordinal) ? IsNamed(right, tool.Name) || tool.Name == "read_more"
            : !right.StartsWith("deny=", StringComparison.Ordinal) || !IsNamed(right, tool.Name)
        );

    public override string ToString() => $"{Name} ({string.Join(';', Rights)})";

    private static bool IsNamed(string right, string tool) =>
        right[(right.IndexOf('=', StringComparison.Ordinal) + 1)..]
            .Split(' ')
            .Any(glob => Regex.IsMatch(tool, $"^{Regex.Escape(glob).Replace("\\*", ".*", StringComparison.Ordinal)}$"));
}
