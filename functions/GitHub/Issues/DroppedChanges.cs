using GitHub.Text;

namespace GitHub.Issues;

/// <summary>
/// What GitHub leaves out of a change without a word, where the token's user may write issues and not push:
/// https://docs.github.com/en/rest/issues/issues#update-an-issue.
/// </summary>
internal static class DroppedChanges
{
    /// <param name="edit">What was sent.</param>
    /// <param name="issue">What GitHub answered to it.</param>
    /// <returns>A sentence about what is not as it was asked for, or null.</returns>
    public static string? In(IReadOnlyDictionary<string, object> edit, Issue issue)
    {
        var dropped = edit.Where(change => !IsMade(change.Key, change.Value, issue)).Select(change => change.Key).ToList();
        return dropped.Count == 0
            ? null
            : $"GitHub did not set {string.Join(", ", dropped)} as asked, and does so without a word where the token's user may not push, the person "
                + "cannot be assigned, or, of state_reason, where the issue was in that state before: this answer says what it has now.";
    }

    private static bool IsMade(string field, object? value, Issue issue) =>
        field switch
        {
            "labels" => AreSame(value, issue.Labels),
            "assignees" => AreSame(value, issue.Assignees),
            "milestone" => value as int? == issue.Milestone?.Number,
            "state" => Equals(value, issue.State),
            "state_reason" => Equals(value, issue.StateReason),
            // A GitHub that knows no fields does not tell of any.
            "issue_field_values" => issue.IssueFieldValues is not { } values
                || (value as IEnumerable<FieldWrite> ?? []).All(write => values.Any(set => set.IssueFieldId == write.FieldId)),
            "type" => string.Equals(value as string ?? "", issue.Type ?? "", StringComparison.OrdinalIgnoreCase),
            _ => true,
        };

    private static bool AreSame(object? asked, IReadOnlyList<string>? found) =>
        new HashSet<string>((asked as string[] ?? []).Select(Plain), StringComparer.OrdinalIgnoreCase).SetEquals(
            (found ?? []).Select(Plain)
        );

    /// <summary>An agent is assigned by another login than it is shown by.</summary>
    private static string Plain(string name) =>
        name.StartsWith("copilot", StringComparison.OrdinalIgnoreCase) ? "copilot" : Sanitizer.CleanPlain(name).Trim();
}
