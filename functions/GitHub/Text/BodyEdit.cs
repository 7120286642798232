using ModelContextProtocol;

namespace GitHub.Text;

/// <summary>A change of a body that leaves the rest of it, hidden parts included, as it is.</summary>
/// <param name="OldText">The text to replace, only once in the body; without it, new_text is added at the end.</param>
internal sealed record BodyEdit(string NewText, string? OldText = null);

/// <summary>Applies edits to the body of an issue, pull request or comment, all or none.</summary>
internal static class BodyEdits
{
    /// <exception cref="McpException">An edit cannot be applied; it says which and why.</exception>
    public static string Apply(BodyText? body, IReadOnlyList<BodyEdit> edits)
    {
        if (body?.Written == Withheld.Text)
        {
            throw new McpException(
                "body_edits change the body as it is, and lockdown mode withholds this one: its author has no push access. "
                    + "Replacing all of it with body is possible. Nothing was written."
            );
        }

        var edited = body?.Written ?? "";
        // What was written in a browser has \r\n.
        var lineEnd = LineEnds.Of(edited);
        foreach (var (i, edit) in edits.Index())
        {
            var added = LineEnds.With(lineEnd, edit.NewText);
            edited = string.IsNullOrEmpty(edit.OldText) ? Append(edited, added, lineEnd) : Replace(i, edited, edit.OldText, added);
        }

        return edited;
    }

    private static string Append(string body, string added, string lineEnd) =>
        body.Length == 0 ? added : $"{body}{(body.EndsWith('\n') ? "" : lineEnd)}{added}";

    private static string Replace(int i, string body, string oldText, string added)
    {
        var wanted = LineEnds.In(body, oldText);
        return body.AsSpan().Count(wanted) switch
        {
            1 => body.Replace(wanted, added, StringComparison.Ordinal),
            0 => throw new McpException(
                $"body_edits[{i}]: old_text is not in the body as it is now. Read it with raw=true, since hidden parts are left "
                    + "out otherwise, and copy it exactly. Nothing was written."
            ),
            var count => throw new McpException(
                $"body_edits[{i}]: old_text is {count} times in the body: give more of what is around it. Nothing was written."
            ),
        };
    }
}
