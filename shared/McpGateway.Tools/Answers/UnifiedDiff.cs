using DiffPlex.Renderer;

namespace McpGateway.Tools.Answers;

/// <summary>What changed between two texts, as a unified diff with three lines around each change.</summary>
public static class UnifiedDiff
{
    // The time to compare grows with the product of what differs.
    private const long MostCompared = 50_000_000;
    private const int Context = 3;

    /// <param name="path">What the texts are versions of.</param>
    /// <returns>Without carriage returns; null: too much differs to be compared line by line.</returns>
    public static string? Of(string path, string before, string after)
    {
        var (old, @new) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var start = old.Zip(@new).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = old[start..].Reverse().Zip(@new[start..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return (long)(old.Length - start - end) * (@new.Length - start - end) > MostCompared
            ? null
            : UnidiffRenderer
                .GenerateUnidiff(
                    string.Join('\n', old),
                    string.Join('\n', @new),
                    $"a/{path}",
                    $"b/{path}",
                    ignoreWhitespace: false,
                    ignoreCase: false,
                    Context
                )
                .ReplaceLineEndings("\n");
    }
}
