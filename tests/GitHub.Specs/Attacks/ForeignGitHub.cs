using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace GitHub.Specs.Attacks;

/// <summary>
/// A GitHub whose token sees octo's repositories and victim/secret, where every text says FOREIGN and there are 7654 of everything. It reads requests as
/// generously as any server might: escapes, dot segments, width and case. octo/moved and octo/named were transferred to the victim:
/// GitHub leads from the one by
/// its number, from the other by its name.
/// </summary>
/// <param name="allOfOcto">Whether the list allows all of octo's repositories, not only hello and two.</param>
internal sealed class ForeignGitHub(string url, bool allOfOcto)
{
    public const string Foreign = "FOREIGN";
    public const string Count = "7654";

    /// <summary>The sha of a commit that only a fork has.</summary>
    public const string ForkCommit = "f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0";

    /// <summary>The number of an issue that was transferred to victim/secret.</summary>
    public const int TransferredIssue = 999;

    private const string MovedId = "666";

    // The same for many requests, and large.
    private static readonly ConcurrentDictionary<(OfficialExample, bool IsForeign, bool ListsOthers, bool Compares), string> Renamed = [];

    private readonly List<string> intrusions = [];

    /// <summary>What was changed of the victim's, or with something of the victim's.</summary>
    public IReadOnlyList<string> Intrusions
    {
        get
        {
            lock (intrusions)
            {
                return [.. intrusions];
            }
        }
    }

    public async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var request = ForeignRequest.Read(context, body, allOfOcto);
        if (request.Path is ["storage", ..])
        {
            await WriteAsync(context, 200, "text/plain", "a log");
        }
        else if (request.IsGraphQl)
        {
            await AnswerGraphQlAsync(context, JsonNode.Parse(body)!.AsObject());
        }
        else
        {
            await AnswerRestAsync(context, request);
        }
    }

    private async Task AnswerGraphQlAsync(HttpContext context, JsonObject request)
    {
        var document = request["query"]!.ToString();
        var variables = request["variables"] as JsonObject ?? [];
        var follows = !document.Contains("followRenames: false", StringComparison.Ordinal);
        if (variables["repo"]?.ToString().ToLowerInvariant() is "moved" or "named" && !follows)
        {
            await WriteAsync(
                context,
                200,
                "application/json",
                """{"data":{"repository":null},"errors":[{"type":"NOT_FOUND","message":"Could not resolve to a Repository."}]}"""
            );
            return;
        }

        var isForeign = ForeignGraphQl.IsForeign(variables, allOfOcto);
        if (isForeign && document.StartsWith("mutation", StringComparison.Ordinal))
        {
            Intrude($"{document} {variables.ToJsonString()}");
        }

        await WriteAsync(context, 200, "application/json", ForeignGraphQl.Answer(document, isForeign));
    }

    private async Task AnswerRestAsync(HttpContext context, ForeignRequest request)
    {
        if (request.Path is ["repos", "octo", "moved", .. var rest])
        {
            await RedirectAsync(context, request, $"/repositories/{MovedId}/{string.Join('/', rest)}");
            return;
        }

        if (request.Path is ["repos", "octo", "named", .. var more])
        {
            await RedirectAsync(context, request, $"/repos/victim/secret/{string.Join('/', more)}");
            return;
        }

        if (request.Path is ["repos", "octo", "hello", "issues", "999", .. var after])
        {
            await RedirectAsync(context, request, $"/repositories/{MovedId}/issues/1/{string.Join('/', after)}".TrimEnd('/'));
            return;
        }

        var isForeign = request.IsForeign;
        if (isForeign && request.IsWrite)
        {
            Intrude($"{request.Method} {request.Target} {request.Body}");
        }

        if (request.WantsText)
        {
            await WriteAsync(
                context,
                200,
                "text/plain",
                isForeign ? $"diff --git a/{Foreign} b/{Foreign}\n{Foreign}" : "diff --git a/a b/a\n"
            );
            return;
        }

        var (status, answer) = await ExampleOf(request, isForeign);
        if (status == 302)
        {
            context.Response.Headers.Location = $"{url}/storage/{(isForeign ? Foreign : "log")}";
        }

        await WriteAsync(context, status, "application/json", answer);
    }

    /// <summary>The example of GitHub's own description, with the names of the repository that was asked for.</summary>
    private static async Task<(int Status, string Body)> ExampleOf(ForeignRequest request, bool isForeign)
    {
        switch (request.Path)
        {
            case ["search", var kind]:
                return (200, ForeignSearch.Answer(request.Query["q"].ToString(), kind, request.Query.GetValueOrDefault("page").ToString()));
            case ["repositories", MovedId]:
                return (200, """{"full_name":"victim/secret"}""");
            case ["repos", _, _, "commits", var sha, "branches-where-head"] when sha.StartsWith(ForkCommit[..12], StringComparison.Ordinal):
                return (200, "[]");
        }

        OfficialExample example;
        try
        {
            example = await OfficialExamples.OfAsync($"{request.Method} /{string.Join('/', request.CanonicalPath)}");
        }
        catch (InvalidOperationException)
        {
            return (404, """{"message":"Not Found"}""");
        }

        var listsOthers = !isForeign && request.ListsOthers;
        var compares = request.Path is ["repos", _, _, "compare", ..];
        return (
            example.Status,
            Renamed.GetOrAdd((example, isForeign, listsOthers, compares), _ => BodyOf(example, isForeign, listsOthers, compares))
        );
    }

    private static string BodyOf(OfficialExample example, bool isForeign, bool listsOthers, bool compares)
    {
        var body = example.Body is { } json ? JsonNode.Parse(json.GetRawText()) : null;
        body = ForeignText.Rename(body, isForeign);
        if (listsOthers && body is JsonArray { Count: > 0 } list)
        {
            list.Add(ForeignText.Rename(list[0]!.DeepClone(), isForeign: true));
        }

        if (compares && body is JsonObject comparison)
        {
            comparison["status"] = isForeign ? "diverged" : "behind";
        }

        return body?.ToJsonString() ?? "";
    }

    private async Task RedirectAsync(HttpContext context, ForeignRequest request, string to)
    {
        context.Response.Headers.Location = $"{url}/api/v3{to.TrimEnd('/')}";
        await WriteAsync(context, request.IsWrite ? 307 : 301, "application/json", """{"message":"Moved Permanently"}""");
    }

    private void Intrude(string what)
    {
        lock (intrusions)
        {
            intrusions.Add(what);
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body, Encoding.UTF8);
    }
}
