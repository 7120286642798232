using System.Globalization;
using System.Text.Json;
using GitHub.Text;
using McpGateway.Text;
using ModelContextProtocol;

namespace GitHub.Selection;

/// <summary>
/// Arguments as models send them to any tool: a branch or tag may come with its full name, a moment as a day, and a repository's two names
/// do not belong in one.
/// </summary>
internal static class Arguments
{
    /// <exception cref="McpException">A name holds a slash, an id is below 1, a moment is none, or a span of time ends before it begins.</exception>
    public static void Tidy(IDictionary<string, JsonElement> arguments)
    {
        foreach (var (name, value) in arguments.Where(argument => argument.Value.ValueKind == JsonValueKind.String).ToList())
        {
            var text = value.GetString()!;
            if (IsName(name) && Visible.Trim(text) is var seen && seen != text)
            {
                text = seen;
                arguments[name] = JsonSerializer.SerializeToElement(text);
            }

            if (PrefixOf(name) is { } prefix && text.StartsWith(prefix, StringComparison.Ordinal))
            {
                arguments[name] = JsonSerializer.SerializeToElement(text[prefix.Length..]);
            }
            else if (Moments.AreIn(name) && !string.IsNullOrWhiteSpace(text))
            {
                arguments[name] = JsonSerializer.SerializeToElement(Moments.Read(name, text.Trim()));
            }
            else if (name is "gist_id" && text.Split('/', StringSplitOptions.RemoveEmptyEntries) is [_, .., var gist])
            {
                arguments[name] = JsonSerializer.SerializeToElement(gist);
            }
            else if (IsId(name) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var id) && id < 1)
            {
                throw new McpException($"{name}='{text}' is not an id: those of GitHub begin at 1.");
            }
            else if (name is "owner" or "repo" or "org" or "item_owner" or "item_repo" && text.Contains('/', StringComparison.Ordinal))
            {
                throw new McpException($"{name}='{text}' is not one name{Suggest(text)}.");
            }
        }

        DemandOrder(arguments);
    }

    // GitHub would find nothing between them, and say no more.
    private static void DemandOrder(IDictionary<string, JsonElement> arguments)
    {
        if (
            arguments.TryGetValue("since", out var since)
            && (arguments.TryGetValue("until", out var until) || arguments.TryGetValue("before", out until))
            && DateTimeOffset.TryParse(since.ToString(), CultureInfo.InvariantCulture, out var first)
            && DateTimeOffset.TryParse(until.ToString(), CultureInfo.InvariantCulture, out var last)
            && first > last
        )
        {
            throw new McpException($"since={since} is after {until}, so that there is nothing between: exchange them.");
        }
    }

    /// <summary>What a caller is told whose body was repaired.</summary>
    public const string Repaired =
        "body came as one line with \\n in place of line ends: it was written with line ends. Put \\n into a code span where it is meant.";

    /// <summary>Gives a body its line ends where a client escaped them once too often.</summary>
    /// <returns>Whether it did.</returns>
    public static bool RepairBody(IDictionary<string, JsonElement> arguments)
    {
        if (
            !arguments.TryGetValue("body", out var body)
            || body.ValueKind != JsonValueKind.String
            || LineEnds.Repair(body.GetString()!) is not { } repaired
        )
        {
            return false;
        }

        arguments["body"] = JsonSerializer.SerializeToElement(repaired);
        return true;
    }

    /// <summary>Whether an argument holds a name that has no blanks.</summary>
    private static bool IsName(string name) =>
        name
            is "owner"
                or "org"
                or "repo"
                or "item_owner"
                or "item_repo"
                or "branch"
                or "from_branch"
                or "base"
                or "head"
                or "ref"
                or "sha"
                or "tag"
                or "tag_name"
                or "target_commitish"
                or "username"
                or "user"
                or "author"
                or "assignee";

    /// <summary>Whether an argument holds a number as text, since it may be a file name as well or the official server has it so.</summary>
    private static bool IsId(string name) => name is "resource_id" or "workflow_id" or "notificationID" or "threadID";

    private static string? PrefixOf(string name) =>
        name switch
        {
            "branch" or "from_branch" or "head" or "base" or "target_commitish" => "refs/heads/",
            "tag" or "tag_name" => "refs/tags/",
            _ => null,
        };

    private static string Suggest(string text)
    {
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        var parts = (isUrl ? url!.AbsolutePath : text).Split('/', StringSplitOptions.RemoveEmptyEntries);
        // Of a URL the first two are the repository, whatever page of it follows.
        return (isUrl ? parts.Take(2) : parts.TakeLast(2)).ToList() is [var owner, var repo]
            ? $": give owner='{owner}' and repo='{(repo.EndsWith(".git", StringComparison.Ordinal) ? repo[..^4] : repo)}'"
            : ": leave the slash out";
    }
}
