using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace GitHub.Specs.Attacks;

/// <summary>A request as a generous server reads it, and whether it reaches what is the victim's.</summary>
internal sealed partial record ForeignRequest(
    string Method,
    string Target,
    string[] Path,
    Dictionary<string, StringValues> Query,
    string Body
)
{
    public bool IsWrite => Method is not ("GET" or "HEAD");

    public bool IsGraphQl => Path is ["graphql"];

    /// <summary>Whether anything but JSON is accepted.</summary>
    public bool WantsText { get; private init; }

    /// <summary>The path in the API's own terms, by which there is an example.</summary>
    public string[] CanonicalPath => Path is ["repositories", _, .. var rest] ? ["repos", "victim", "secret", .. rest] : Path;

    /// <summary>Whether GitHub responds with a list of anybody's.</summary>
    public bool ListsOthers =>
        Path is ["user", "repos" or "starred"] or ["users", _, "starred"] or ["notifications"] or ["repos", _, _, "issues", _, "sub_issues"]
        || (Path.Length > 0 && Path[^1] == "items" && Path.Contains("projectsv2"))
        || (Path.Length > 0 && Path[^1] is "blocked_by" or "blocking");

    public static ForeignRequest Read(HttpContext context, string body, bool allOfOcto)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var parts = target.Split('?', 2);
        return new(context.Request.Method, target, Resolve(parts[0]), QueryHelpers.ParseQuery(parts.ElementAtOrDefault(1)), body)
        {
            AllOfOcto = allOfOcto,
            WantsText =
                context.Request.Headers.Accept.ToString() is var accept
                && (accept.Contains("diff", StringComparison.Ordinal) || accept.Contains("raw", StringComparison.Ordinal)),
        };
    }

    public bool IsForeign =>
        Path switch
        {
            ["repos", var owner, var repo, .. var rest] => !IsAllowed(owner, repo) || ReachesOut(rest),
            ["repositories", ..] or ["gists", ..] or ["users", _, "gists"] => true,
            ["orgs", var owner, ..] => owner != "octo" || AddsForeignItem,
            ["users", var owner, "projectsv2", ..] => owner != "octo" || AddsForeignItem,
            ["user", "starred", var owner, var repo] => !IsAllowed(owner, repo),
            ["user", "repos"] => IsWrite,
            ["notifications", ..] => IsWrite || Path.Length > 1,
            _ => false,
        };

    private bool AddsForeignItem => IsWrite && TextOf("owner") is { } owner && !IsAllowed(owner, TextOf("repo") ?? "");

    /// <summary>Whether the list allows all of octo's.</summary>
    private bool AllOfOcto { get; init; }

    private bool IsAllowed(string owner, string repo) => owner == "octo" && (AllOfOcto || repo is "hello" or "two" or "moved" or "named");

    /// <summary>Whether a request to a repository reaches into another one.</summary>
    private bool ReachesOut(string[] rest) =>
        rest switch
        {
            ["compare", .. var ends] => IsForkBranch(string.Join('/', ends)) || IsForkCommit(string.Join('/', ends)),
            ["contents", ..] => IsForkCommit(Query.GetValueOrDefault("ref").ToString()),
            ["commits"] => IsForkCommit(Query.GetValueOrDefault("sha").ToString()),
            ["commits", .., "status" or "check-runs" or "check-suites" or "branches-where-head"] => false,
            ["commits", .. var commit] => IsForkCommit(string.Join('/', commit)),
            ["git", "trees" or "commits", .. var commit] => IsForkCommit(string.Join('/', commit)),
            ["git", "refs"] => IsForkCommit(TextOf("sha")),
            ["releases", ..] when IsWrite => IsForkCommit(TextOf("target_commitish")),
            ["pulls"] when IsWrite => IsForkBranch(TextOf("head"))
                || TextOf("head_repo")?.Contains("victim", StringComparison.OrdinalIgnoreCase) == true,
            ["forks"] when IsWrite => TextOf("organization") is not "octo",
            // GitHub takes only issues of the same owner.
            ["issues", _, "sub_issues"] when Method == "POST" => NumberOf("sub_issue_id") == 666 && !AllOfOcto,
            ["issues", _, "dependencies", ..] when IsWrite => NumberOf("issue_id") == 666,
            _ => false,
        };

    /// <summary>A commit only a fork has, in any of the ways git names one; a branch or tag may be called like it.</summary>
    private static bool IsForkCommit(string? reference) =>
        reference is not null && ForkCommit().IsMatch(NamedReference().Replace(reference, ""));

    /// <summary>A branch of the victim's, as comparisons and pull requests name one.</summary>
    private static bool IsForkBranch(string? reference) => reference is not null && ForkBranch().IsMatch(reference);

    private string? TextOf(string member) =>
        Body.StartsWith('{') && JsonNode.Parse(Body)![member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private long? NumberOf(string member) =>
        Body.StartsWith('{') && JsonNode.Parse(Body)![member] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    private static string[] Resolve(string path)
    {
        for (var i = 0; i < 3; i++)
        {
            path = Uri.UnescapeDataString(path);
        }

        path = path.Split('?', '#', '\0')[0].Replace('\\', '/').Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var segments = new List<string>();
        foreach (var segment in path.Split('/').Select(segment => segment.Trim().TrimEnd(';')))
        {
            if (segment == "..")
            {
                segments.RemoveRange(Math.Max(segments.Count - 1, 0), Math.Min(segments.Count, 1));
            }
            else if (segment is not ("" or "."))
            {
                segments.Add(segment);
            }
        }

        return segments is ["api", "v3", .. var rest] ? [.. rest]
            : segments is ["api", .. var graphQl] ? [.. graphQl]
            : [.. segments];
    }

    [GeneratedRegex(@"(^|\.\.)\s*victim(:secret)?:", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex ForkBranch();

    [GeneratedRegex(@"^refs/(heads|tags)/((?!\.\.).)*", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedReference();

    /// <summary>What follows a slash makes a branch's name of it.</summary>
    [GeneratedRegex("(?<![0-9a-f])(f0){6,20}(?![0-9a-f/])", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex ForkCommit();
}
