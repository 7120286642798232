namespace McpGateway.Tools.Answers;

/// <summary>
/// Names the members of a tool's JSON that are texts to read, such as a page, a diff or a log: each becomes a text block of its own, before
/// what remains, where a word says which block it is. A plain name is one of the outermost members; <c>*.name</c> is one anywhere, where it
/// reads otherwise in JSON: a comment of one line stays in its list.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public class TextMembersAttribute(params string[] names) : Attribute
{
    private readonly string[] outermost = [.. names.Where(name => !name.StartsWith("*.", StringComparison.Ordinal))];
    private readonly string[] anywhere =
    [
        .. names.Where(name => name.StartsWith("*.", StringComparison.Ordinal)).Select(name => name[2..]),
    ];

    public IReadOnlyList<string> Names => names;

    /// <summary>What stands in JSON in the place of a text that is a block of its own.</summary>
    /// <param name="number">Which of the result's texts it is, from 1.</param>
    public static string PlaceOf(int number) => $"(text {number} of this result)";

    /// <param name="quoted">The value as it is written in JSON.</param>
    internal bool Have(ReadOnlySpan<char> name, bool isOutermost, ReadOnlySpan<char> quoted) =>
        (isOutermost && Contain(outermost, name)) || (quoted.Contains('\\') && Contain(anywhere, name));

    private static bool Contain(string[] names, ReadOnlySpan<char> name)
    {
        foreach (var known in names)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
