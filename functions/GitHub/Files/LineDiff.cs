using System.Text;

namespace GitHub.Files;

/// <summary>What changed between two texts, as a unified diff.</summary>
internal static class LineDiff
{
    private const int Context = 3;

    /// <summary>Beyond it, what is between the first and the last change counts as changed.</summary>
    private const int MostCompared = 4_000_000;

    public static string Of(string path, string before, string after)
    {
        var lines = Compare(before.Split('\n'), after.Split('\n'));
        var shown = new StringBuilder().Append("--- a/").Append(path).Append("\n+++ b/").Append(path).Append('\n');
        for (var i = 0; i < lines.Count; )
        {
            if (lines[i].Mark == ' ')
            {
                i++;
                continue;
            }

            // A hunk ends where twice the context is unchanged.
            var (start, end) = (Math.Max(0, i - Context), i);
            for (var j = i; j < lines.Count && j - end <= 2 * Context; j++)
            {
                end = lines[j].Mark == ' ' ? end : j;
            }

            var hunk = lines[start..Math.Min(lines.Count, end + 1 + Context)];
            var (old, @new) = (hunk.Count(line => line.Mark != '+'), hunk.Count(line => line.Mark != '-'));
            shown.Append(System.Globalization.CultureInfo.InvariantCulture, $"@@ -{hunk[0].Old},{old} +{hunk[0].New},{@new} @@\n");
            foreach (var line in hunk)
            {
                shown.Append(line.Mark).Append(line.Text.TrimEnd('\r')).Append('\n');
            }

            i = end + 1 + Context;
        }

        return shown.ToString();
    }

    private static List<Line> Compare(string[] before, string[] after)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start])
        {
            start++;
        }

        var (endOld, endNew) = (before.Length, after.Length);
        while (endOld > start && endNew > start && before[endOld - 1] == after[endNew - 1])
        {
            (endOld, endNew) = (endOld - 1, endNew - 1);
        }

        var lines = new List<Line>();
        lines.AddRange(before[..start].Select((text, i) => new Line(' ', text, i + 1, i + 1)));
        AddChanges(lines, before[start..endOld], after[start..endNew], start);
        lines.AddRange(before[endOld..].Select((text, i) => new Line(' ', text, endOld + i + 1, endNew + i + 1)));
        return lines;
    }

    /// <summary>By the longest common subsequence.</summary>
    private static void AddChanges(List<Line> lines, string[] before, string[] after, int offset)
    {
        var canCompare = (long)before.Length * after.Length <= MostCompared;
        var common = canCompare ? new int[before.Length + 1, after.Length + 1] : new int[0, 0];
        for (var i = before.Length - 1; canCompare && i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (o, n) = (0, 0);
        while (o < before.Length || n < after.Length)
        {
            var (old, @new) = (offset + o + 1, offset + n + 1);
            if (canCompare && o < before.Length && n < after.Length && before[o] == after[n])
            {
                lines.Add(new(' ', before[o++], old, @new));
                n++;
            }
            else if (o < before.Length && (n == after.Length || !canCompare || common[o + 1, n] >= common[o, n + 1]))
            {
                lines.Add(new('-', before[o++], old, @new));
            }
            else
            {
                lines.Add(new('+', after[n++], old, @new));
            }
        }
    }

    private sealed record Line(char Mark, string Text, int Old, int New);
}
