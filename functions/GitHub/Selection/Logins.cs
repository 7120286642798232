using System.Text.Json;
using McpGateway.Text;

namespace GitHub.Selection;

/// <summary>
/// Names of people and organizations, which stand in texts with an @ before them. GitHub finds nobody by that, and some of its lists are then
/// empty.
/// </summary>
internal static class Logins
{
    // They stand for somebody only with it.
    private static readonly string[] Kept = ["@me", "@copilot"];

    public static bool AreIn(string argument) =>
        argument
            is "owner"
                or "item_owner"
                or "org"
                or "organization"
                or "username"
                or "user"
                or "author"
                or "assignee"
                or "creator"
                or "assignees"
                or "reviewers";

    /// <summary>A name without blanks and invisible characters around it, and a login without its @.</summary>
    public static string Read(string argument, string text)
    {
        var name = Visible.Trim(text);
        return AreIn(argument) && name.StartsWith('@') && !Kept.Contains(name) ? name[1..] : name;
    }

    /// <summary>A list of logins.</summary>
    public static JsonElement Read(JsonElement list) =>
        JsonSerializer.SerializeToElement(
            list.EnumerateArray()
                .Select(item =>
                    item.ValueKind == JsonValueKind.String ? JsonSerializer.SerializeToElement(Read("assignees", item.GetString()!)) : item
                )
        );
}
