using GitHub.Text;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;

namespace GitHub.Files;

/// <summary>One change of a file, by text or by lines.</summary>
/// <param name="OldText">The text to replace, exactly as it is in the file and only once in it; lines are joined with \n.</param>
/// <param name="NewText">What stands there instead; "" deletes.</param>
/// <param name="ReplaceAll">Replace old_text everywhere.</param>
/// <param name="StartLine">Instead of old_text: the first line to replace, by the numbers of the file before all edits.</param>
/// <param name="EndLine">The last line to replace; start_line if not given.</param>
/// <param name="InsertAfterLine">Instead of both: put new_text behind this line; 0 is the beginning.</param>
internal sealed record FileEdit(
    [property: EmptyClears] string? OldText = null,
    [property: EmptyClears] string? NewText = null,
    bool? ReplaceAll = null,
    int? StartLine = null,
    int? EndLine = null,
    [property: AtLeast(0)] int? InsertAfterLine = null
);

/// <summary>Applies edits to a text, all or none: those by lines first, by the numbers before any edit, then those by text in their order.</summary>
internal static class FileEdits
{
    /// <exception cref="McpException">An edit cannot be applied; it says which and why.</exception>
    public static string Apply(string path, string text, IReadOnlyList<FileEdit> edits)
    {
        var lineEnd = LineEnds.Of(text);
        var byLines = edits.Index().Where(edit => edit.Item is { StartLine: not null } or { InsertAfterLine: not null }).ToList();
        foreach (var (i, edit) in edits.Index())
        {
            Demand(i, edit);
        }

        var edited = ApplyToLines(path, text, byLines, lineEnd);
        foreach (var (i, edit) in edits.Index().Where(edit => !byLines.Contains(edit)))
        {
            edited = Replace(path, edited, i, edit, lineEnd);
        }

        return edited == text
            ? throw new McpException($"The edits change nothing in {path}: new_text is what stands there already. Nothing was written.")
            : edited;
    }

    private static void Demand(int i, FileEdit edit)
    {
        var ways = new[] { !string.IsNullOrEmpty(edit.OldText), edit.StartLine is not null, edit.InsertAfterLine is not null };
        if (ways.Count(given => given) != 1)
        {
            throw Problem(i, "give exactly one of old_text, start_line and insert_after_line");
        }

        if (edit.NewText is null)
        {
            throw Problem(i, "new_text is missing: give what is to stand there, or \"\" to delete it");
        }

        if (edit.EndLine is { } end && edit.StartLine is { } start && end < start)
        {
            throw Problem(i, $"end_line={end} is before start_line={start}");
        }
    }

    private static string ApplyToLines(string path, string text, List<(int Index, FileEdit Edit)> edits, string lineEnd)
    {
        if (edits.Count == 0)
        {
            return text;
        }

        var lines = text.Split('\n').Select(line => line + '\n').ToList();
        lines[^1] = lines[^1][..^1];
        var total = lines[^1].Length == 0 ? lines.Count - 1 : lines.Count;
        var below = int.MaxValue;
        // From below, so that the numbers above stay right.
        foreach (var (i, edit) in edits.OrderByDescending(edit => edit.Edit.InsertAfterLine + 1 ?? edit.Edit.StartLine))
        {
            var first = edit.InsertAfterLine + 1 ?? edit.StartLine!.Value;
            var last = edit.InsertAfterLine ?? edit.EndLine ?? first;
            if (first < 1 || last > total)
            {
                throw Problem(i, $"{path} has {total} lines, not {Math.Max(first, last)}");
            }

            if (last >= below)
            {
                throw Problem(i, $"it overlaps another edit at line {below}");
            }

            below = first;
            var added = LineEnds.With(lineEnd, edit.NewText!);
            if (added.Length > 0 && !added.EndsWith('\n') && last < lines.Count)
            {
                added += lineEnd;
            }

            if (added.Length > 0 && first > 1 && first > lines.Count)
            {
                lines[first - 2] += lineEnd;
            }

            lines.RemoveRange(first - 1, last - first + 1);
            lines.Insert(first - 1, added);
        }

        return string.Concat(lines);
    }

    private static string Replace(string path, string text, int i, FileEdit edit, string lineEnd)
    {
        var wanted = LineEnds.In(text, edit.OldText!);
        var found = text.AsSpan().Count(wanted);
        if (found == 0)
        {
            throw Problem(i, $"old_text is not in {path}: read the file again and copy it exactly, with its spaces");
        }

        if (found > 1 && edit.ReplaceAll != true)
        {
            throw Problem(i, $"old_text is {found} times in {path}: give more of what is around it, or replace_all=true");
        }

        return text.Replace(wanted, LineEnds.With(lineEnd, edit.NewText!), StringComparison.Ordinal);
    }

    private static McpException Problem(int i, string what) => new($"edits[{i}]: {what}. Nothing was written.");
}
