using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Text;

namespace Firecrawl.Upstream;

/// <summary>
/// What the API found wrong with a request, in words. It checks by zod, whose answer to a value it does not know is the complaint of each of 20
/// alternatives, and hardly ever the value: the alternatives are folded into one list of what is allowed. Versions 3 (Firecrawl 2.0) and 4 differ.
/// </summary>
internal static partial class RequestProblems
{
    private const int Most = 8;
    private const int Longest = 400;

    /// <summary>The problems in words; null where the details are something else.</summary>
    public static string? Describe(JsonElement details)
    {
        if (details.ValueKind != JsonValueKind.Array || details.GetArrayLength() == 0 || !details.EnumerateArray().All(IsIssue))
        {
            return null;
        }

        var told = details.EnumerateArray().SelectMany(issue => Tell(issue, "")).Distinct(StringComparer.Ordinal).ToList();
        return string.Join("; ", told.Take(Most)) + (told.Count > Most ? $"; and {told.Count - Most} more" : "");
    }

    private static IEnumerable<string> Tell(JsonElement issue, string above)
    {
        var path = above + PathOf(issue);
        return Text(issue, "code") switch
        {
            "unrecognized_keys" => List(issue, "keys").Select(key => $"{Join(path, key)} is not known"),
            "invalid_union" => TellUnion(issue, path),
            _ when Allowed(issue).ToList() is { Count: > 0 } allowed => [$"{Name(path)} must be one of {string.Join(", ", allowed)}"],
            _ => [$"{Name(path)}: {Cut.To(Prefix().Replace(Text(issue, "message"), ""), Longest)}"],
        };
    }

    /// <summary>The alternative that was meant, by its type, tells what is wrong; where none was meant, all of them tell what there is.</summary>
    private static IEnumerable<string> TellUnion(JsonElement union, string path)
    {
        // Paths of alternatives begin at the union in version 4, and at the request in 3.
        var isLater = union.TryGetProperty("errors", out var alternatives);
        var above = isLater ? path : "";
        var branches = (isLater ? alternatives : Member(union, "unionErrors"))
            .EnumerateArray()
            .Select(branch => isLater ? branch : Member(branch, "issues"))
            .ToList();
        var meant = branches.Where(branch => !branch.EnumerateArray().Any(issue => IsOther(issue, above, path))).ToList();
        return meant.Count > 0
            ? meant[0].EnumerateArray().SelectMany(issue => Tell(issue, above))
            : [Fold(branches.SelectMany(branch => branch.EnumerateArray()).ToList(), above, path)];
    }

    private static string Fold(List<JsonElement> issues, string above, string path)
    {
        var names = issues.SelectMany(Names).Distinct(StringComparer.Ordinal).ToList();
        var at = issues.Where(issue => Names(issue).Any()).Select(issue => above + PathOf(issue)).FirstOrDefault() ?? path;
        return names.Count > 0 ? $"{Name(at)} must be one of {string.Join(", ", names)}" : $"{Name(path)} has a form that is not known";
    }

    // A union within a union says what there is as well.
    private static IEnumerable<string> Names(JsonElement issue) =>
        Text(issue, "code") == "invalid_union" && issue.TryGetProperty("errors", out var errors)
            ? errors.EnumerateArray().SelectMany(branch => branch.EnumerateArray()).SelectMany(Names)
            : Allowed(issue);

    /// <summary>Whether the issue says that another alternative was meant: its type differs, or what it is as a whole.</summary>
    private static bool IsOther(JsonElement issue, string above, string path) =>
        (above + PathOf(issue)) is var at
        && (at == path || at == path + ".type")
        && (Allowed(issue).Any() || Text(issue, "code") is "invalid_type" or "invalid_union");

    private static IEnumerable<string> Allowed(JsonElement issue) =>
        Text(issue, "code") switch
        {
            "invalid_value" => List(issue, "values"),
            "invalid_enum_value" => List(issue, "options"),
            "invalid_literal" => [Text(issue, "expected")],
            _ => [],
        };

    private static bool IsIssue(JsonElement issue) =>
        issue.ValueKind == JsonValueKind.Object
        && issue.TryGetProperty("code", out var code)
        && code.ValueKind == JsonValueKind.String
        && Member(issue, "path").ValueKind == JsonValueKind.Array;

    private static string PathOf(JsonElement issue)
    {
        var path = new StringBuilder();
        foreach (var step in Items(issue, "path"))
        {
            path.Append(CultureInfo.InvariantCulture, $"{(step.ValueKind == JsonValueKind.Number ? $"[{step}]" : $".{step}")}");
        }

        return path.ToString();
    }

    private static string Join(string path, string key) => Name($"{path}.{key}");

    private static string Name(string path) => path.Length == 0 ? "the request" : path.TrimStart('.');

    private static IEnumerable<string> List(JsonElement issue, string name) => Items(issue, name).Select(item => item.ToString());

    private static JsonElement.ArrayEnumerator Items(JsonElement issue, string name) =>
        Member(issue, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private static string Text(JsonElement issue, string name) =>
        Member(issue, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    [GeneratedRegex("^Invalid (input|option): ")]
    private static partial Regex Prefix();
}
