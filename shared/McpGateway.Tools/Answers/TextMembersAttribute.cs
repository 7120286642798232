namespace McpGateway.Tools.Answers;

/// <summary>
/// Names the members of a tool's JSON that are texts to read, such as a page, a diff or a log: each becomes a text block of its own, before
/// what remains, where a word says which block it is. A plain name is one of the outermost members, <c>*.name</c> one anywhere.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TextMembersAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names => names;

    /// <summary>What stands in JSON in the place of a text that is a block of its own.</summary>
    /// <param name="number">Which of the result's texts it is, from 1.</param>
    public static string PlaceOf(int number) => $"(text {number} of this result)";
}
