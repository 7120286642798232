using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace GitHub.Specs.Attacks;

/// <summary>
/// A GitHub with one public repository, octo/hello, where an outsider wrote all that people without push access can: every such text has
/// <see cref="OutsiderText.Marker"/> in it. What maintainers wrote or let in has none.
/// </summary>
internal sealed class OutsiderGitHub(string url)
{
    /// <summary>References that lead to what the outsider has, in a fork or a pull request.</summary>
    public static readonly string[] References =
    [
        ForeignGitHub.ForkCommit,
        ForeignGitHub.ForkCommit[..12],
        $"{ForeignGitHub.ForkCommit}~1",
        "refs/pull/7/head",
        "refs/pull/7/merge",
        "pull/7/head",
        " pull/7/head",
        "refs/pull/7/head~1",
        "outsider:main",
        "outsider:hello:main",
    ];

    public async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var request = ForeignRequest.Read(context, body, allOfOcto: true);
        if (request.IsGraphQl)
        {
            await WriteAsync(context, 200, "application/json", OutsiderGraphQl.Answer(JsonNode.Parse(body)!["query"]!.ToString()));
        }
        else if (request.Path is ["storage", ..])
        {
            await WriteAsync(context, 200, "text/plain", $"{OutsiderText.Marker}\n##[error] {OutsiderText.Marker}");
        }
        else if (request.WantsText)
        {
            var text = IsOutsiders(request) ? OutsiderText.Marker : "text";
            await WriteAsync(
                context,
                200,
                "text/plain",
                $"diff --git a/{text} b/{text}\n--- a/{text}\n+++ b/{text}\n@@ -1 +1 @@\n+{text}\n"
            );
        }
        else
        {
            await AnswerRestAsync(context, request);
        }
    }

    private async Task AnswerRestAsync(HttpContext context, ForeignRequest request)
    {
        var (status, answer) = request.Path switch
        {
            ["repos", _, _, "collaborators", _, "permission"] => (200, """{"permission":"read"}"""),
            ["repos", _, _, "contents", ".github", "workflows"] => (200, """[{"path":".github/workflows/own.yml"}]"""),
            ["repos", _, _, "commits", _, "branches-where-head"] => (200, "[]"),
            ["repos", _, _, "compare", ..] when request.Query.GetValueOrDefault("per_page") == "1" => (200, """{"status":"diverged"}"""),
            _ => await ExampleOfAsync(request),
        };
        if (status == 302)
        {
            context.Response.Headers.Location = $"{url}/storage/log";
        }

        await WriteAsync(context, status, "application/json", answer);
    }

    private static async Task<(int Status, string Body)> ExampleOfAsync(ForeignRequest request)
    {
        OfficialExample example;
        try
        {
            example = await OfficialExamples.OfAsync($"{request.Method} /{string.Join('/', Described(request.Path))}");
        }
        catch (InvalidOperationException)
        {
            return (404, """{"message":"Not Found"}""");
        }

        var body = example.Body is { } json ? JsonNode.Parse(json.GetRawText()) : null;
        return (example.Status, OutsiderText.Write(body, IsOutsiders(request))?.ToJsonString() ?? "");
    }

    /// <summary>The path as the description of the API has it: a reference is one segment of it, whatever slashes are in it.</summary>
    private static string[] Described(string[] path) =>
        path switch
        {
            ["repos", var owner, var repo, "commits", _, .., "check-runs" or "check-suites" or "status"] =>
            [
                "repos",
                owner,
                repo,
                "commits",
                "x",
                path[^1],
            ],
            ["repos", var owner, var repo, "commits", _, ..] => ["repos", owner, repo, "commits", "x"],
            ["repos", var owner, var repo, "compare", ..] => ["repos", owner, repo, "compare", "x"],
            ["repos", var owner, var repo, "contents"] => ["repos", owner, repo, "contents", "x"],
            ["repos", var owner, var repo, "git", "trees", _, ..] => ["repos", owner, repo, "git", "trees", "x"],
            [var kind, var owner, "projectsv2", .. var rest] => [kind, owner, "projectsV2", .. rest],
            _ => path,
        };

    /// <summary>Whether a request is for something that people without push access can write.</summary>
    private static bool IsOutsiders(ForeignRequest request) =>
        request.Path switch
        {
            [
                "repos",
                _,
                _,
                "labels"
                or "milestones"
                or "releases"
                or "branches"
                or "tags"
                or "rules"
                or "rulesets"
                or "collaborators",
                ..,
            ] => false,
            // What is written there is the caller's own, and GitHub's word for it.
            ["repos", _, _, "git", ..] or ["repos", _, _, .., "merge"] when request.IsWrite => false,
            // Of the default branch.
            ["repos", _, _, "code-quality", ..] => false,
            ["repos", _, _, "issue-types" or "dependabot" or "secret-scanning" or "forks" or "subscription", ..] or ["repos", _, _] =>
                false,
            ["repos", _, _, "contents", ..] => IsReference(request.Query.GetValueOrDefault("ref").ToString()),
            ["repos", _, _, "commits"] => IsReference(request.Query.GetValueOrDefault("sha").ToString()),
            ["repos", _, _, "commits", .., "check-runs"] => true,
            ["repos", _, _, "commits", .., "status" or "check-suites"] => false,
            ["repos", _, _, "commits" or "compare", .. var commit] => commit is [.., "pulls"] || IsReference(string.Join('/', commit)),
            ["repos", _, _, "git", .. var tree] => IsReference(string.Join('/', tree.Skip(1))),
            ["search", "issues"] or ["repos", ..] or ["gists", ..] or ["users", _, "gists"] or ["notifications", ..] => true,
            ["orgs", _, "security-advisories"] => true,
            ["orgs" or "users", _, "projectsv2", _, "items", ..] => true,
            _ => false,
        };

    /// <summary>Whether it leads to a fork or a pull request; a branch or tag may be called like a commit.</summary>
    private static bool IsReference(string asked) =>
        !asked.StartsWith("refs/heads/", StringComparison.Ordinal)
        && !asked.StartsWith("refs/tags/", StringComparison.Ordinal)
        && References.Any(reference => asked.Contains(reference.Trim().Split('~')[0], StringComparison.OrdinalIgnoreCase));

    private static Task WriteAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body, Encoding.UTF8);
    }
}
