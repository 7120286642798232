using System.Text.RegularExpressions;
using Memory.Search;

namespace Memory.Storage;

/// <summary>
/// Facts as answers quote them: a long one by its beginning and an ellipsis, which names it to the tools as its whole text does.
/// </summary>
internal static partial class Quotation
{
    private const int Longest = 200;

    /// <summary>As far as a quotation goes to tell a fact from others that begin alike.</summary>
    private const int LongestTold = 2_000;

    /// <summary>No answer cuts a fact before that with an ellipsis alone: what is shorter was not quoted, but abbreviated.</summary>
    private const int Shortest = 100;

    /// <summary>A fact as an answer quotes it, far enough to tell it from others of the entity.</summary>
    public static string Of(string text, IEnumerable<string> others) =>
        text.Length <= Longest
            ? text
            : McpGateway.Text.Cut.To(
                text,
                Math.Clamp(
                    others.Where(other => other != text).Select(other => text.AsSpan().CommonPrefixLength(other)).DefaultIfEmpty().Max()
                        + 40,
                    Longest,
                    LongestTold
                )
            );

    /// <summary>The fact that resembles a text most, as an answer quotes it, or null.</summary>
    public static string? Nearest(string text, IReadOnlyList<string> stored) =>
        Nearness.Nearest(text, stored) is { } near ? Of(near, stored) : null;

    /// <summary>The texts that one names: itself, or those that begin with it where it is a quotation.</summary>
    public static IReadOnlyList<string> Find(string text, IReadOnlyList<string> stored) =>
        stored.Contains(text, StringComparer.Ordinal) ? [text]
        : Ending().Match(text) is { Success: true } ending && (ending.Groups["length"].Success || ending.Index >= Shortest)
            ? [.. stored.Where(s => s.AsSpan().StartsWith(text.AsSpan(0, ending.Index)) && IsOfLength(ending.Groups["length"], s.Length))]
        : [];

    private static bool IsOfLength(Group told, int length) => !told.Success || told.ValueSpan.SequenceEqual($"{length}");

    // As Cut.To and AnswerCost.Cut end what they cut.
    [GeneratedRegex(@"…(?: \[cut: (?<length>[0-9]+) characters in all, [^\]]*\])?\z")]
    private static partial Regex Ending();
}
