namespace Memory.Import;

/// <summary>
/// Reads a text as facts, line by line: each paragraph or point is one, under the heading it stands below. A heading below which nothing stands
/// is a fact itself, unless it only stands above deeper ones.
/// </summary>
internal sealed class FactLines
{
    private const int MostLevels = 6;

    // A line in bold stands below every heading with a sign.
    private const int LevelOfBold = MostLevels + 1;

    private string heading = "";
    private int level;
    private bool isUsed = true;

    /// <summary>The facts that a line completes.</summary>
    public IEnumerable<string> Read(string line)
    {
        var text = line.Trim();
        if (HeadingOf(text) is var (found, depth))
        {
            if (!isUsed && depth <= level)
            {
                yield return heading;
            }

            (heading, level, isUsed) = (found, depth, found.Length == 0);
        }
        else if (WithoutPoint(text) is { Length: > 0 } fact)
        {
            isUsed = true;
            yield return heading.Length == 0 ? fact : $"{heading}: {fact}";
        }
    }

    /// <summary>What is left when there are no more lines.</summary>
    public IEnumerable<string> End()
    {
        if (!isUsed)
        {
            isUsed = true;
            yield return heading;
        }
    }

    private static (string Text, int Level)? HeadingOf(string line)
    {
        var text = line.TrimStart('#');
        var signs = line.Length - text.Length;
        return signs is > 0 and <= MostLevels && (text.Length == 0 || text[0] == ' ') ? (text.Trim(), signs)
            : line.Length > 4
            && line.StartsWith("**", StringComparison.Ordinal)
            && line.IndexOf("**", 2, StringComparison.Ordinal) == line.Length - 2
                ? (line[2..^2].Trim(), LevelOfBold)
            : null;
    }

    /// <summary>A point without its sign; the sign of a number stays, and so does what makes a word bold.</summary>
    private static string WithoutPoint(string line)
    {
        while (line is ['-' or '*' or '+', ' ', ..] or ['•', ..])
        {
            line = line[1..].TrimStart();
        }

        return line.All(sign => sign is '-' or '*' or '•' or ' ') ? "" : line;
    }
}
