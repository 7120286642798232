using System.Globalization;
using McpGateway.Secrets;
using McpGateway.Text;

namespace McpGateway.Authentication;

/// <summary>
/// Reads rights as operators write them: parts separated by semicolons, such as <c>read;tools=search_* open_nodes;expires=2027-01-01</c>.
/// The same in settings, commands and profiles.
/// </summary>
/// <param name="zone">The operator's time zone, in which a date begins.</param>
/// <param name="profiles">Rights that can be named instead of written out.</param>
public sealed class RightsText(TimeZoneInfo zone, IReadOnlyDictionary<string, Rights> profiles)
{
    internal const string Read = "read";

    private const long MostOfAll = 1_000_000_000_000;

    private const string Known = "read, tools, deny, approve, namespaces, repos, profile, calls, tokens, credits, expires";

    /// <param name="where">What a mistake is told of, such as <c>the token 'n8n' of MCP_BEARER_TOKENS</c>.</param>
    /// <exception cref="SettingException">It is not of this form; the message says where and why.</exception>
    public Rights Parse(string text, string where)
    {
        var rights = Rights.Everything;
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parsed = ParsePart(part, where);
            rights = rights.Within(parsed with { Text = parsed.Text.Length > 0 ? $"{part} ({parsed.Text})" : part });
        }

        return rights;
    }

    private Rights ParsePart(string part, string where)
    {
        var (key, value) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var given] ? (name, given) : (part, null);
        return (key, value) switch
        {
            (Read, null) => new() { ReadOnly = true },
            (Read, _) => throw Wrong(where, $"'{part}' takes no value: write read."),
            ("tools", { } names) => new() { Tools = [Patterns(names, part, where)] },
            ("deny", { } names) => new() { Denied = Patterns(names, part, where) },
            ("approve", { } names) => new() { Approve = Patterns(names, part, where) },
            ("namespaces" or "repos", { Length: > 0 } names) => new()
            {
                Places = [new(key, names.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
            },
            ("expires", { } moment) => new() { Expires = Moment(moment, where) },
            ("calls" or "tokens" or "credits", { } most) => new() { Limits = [ReadLimit(key, most, part, where)] },
            ("profile", { } profile) => profiles.TryGetValue(profile, out var named)
                ? named with
                { }
                : throw Wrong(
                    where,
                    profiles.Count == 0
                        ? $"'{part}' names a profile, and PROFILES holds none."
                        : $"'{part}' names no profile of PROFILES: use {string.Join(", ", profiles.Keys.Order(StringComparer.Ordinal))}."
                            + NearName.Ask(profile, profiles.Keys)
                ),
            ("tools" or "deny" or "approve" or "namespaces" or "repos" or "expires" or "profile" or "calls" or "tokens" or "credits", _) =>
                throw Wrong(where, $"'{part}' lacks its value: write {key}=..."),
            _ => throw Wrong(
                where,
                $"'{part}' is not a right: use {Known}, separated by semicolons.{NearName.Ask(key, Known.Split(", "))}"
            ),
        };
    }

    private static NamePatterns Patterns(string names, string part, string where) =>
        NamePatterns.Read(names)
        ?? throw Wrong(where, $"'{part}' is not a list of tools: write names separated by spaces, in which * stands for any characters.");

    private static Limit ReadLimit(string key, string text, string part, string where)
    {
        var what = Enum.Parse<Spending>(key, ignoreCase: true);
        if (
            text.Split('/', 2, StringSplitOptions.TrimEntries) is [var number, var per]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most is > 0 and <= MostOfAll
            && per is "call" or "minute" or "day" or "month"
            && (per != "call" || what == Spending.Credits)
        )
        {
            return new(what, Enum.Parse<Per>(per, ignoreCase: true), most);
        }

        var windows = what == Spending.Credits ? "/call, /minute, /day or /month" : "/minute, /day or /month";
        throw Wrong(where, $"'{part}' is not a budget: write a whole number from 1 on and {windows}, such as {key}=2000/day.");
    }

    private DateTimeOffset Moment(string text, string where)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return LocalDay.Begins(date.ToDateTime(TimeOnly.MinValue), zone);
        }

        return text.Contains('T', StringComparison.Ordinal) && IsoTime.TryRead(text) is { } read
            ? read.Moment
            : throw Wrong(where, $"'expires={text}' is not a day or a moment: write expires=2027-01-01 or expires=2027-01-01T12:00:00Z.");
    }

    private static SettingException Wrong(string where, string problem) =>
        new($"{char.ToUpperInvariant(where[0])}{where[1..]} has wrong rights: {problem}");
}
