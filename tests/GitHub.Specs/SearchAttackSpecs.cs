using GitHub.Specs.Attacks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace GitHub.Specs;

/// <summary>Searches in every shape, against a model of what GitHub makes of them: none tells anything of a repository outside of the list.</summary>
public sealed class SearchAttackSpecs
{
    private static readonly string[] Before =
    [
        "",
        "\"",
        "(",
        ") ",
        "NOT ",
        "repo:octo/hello OR ",
        "\"repo:octo/hello\" ",
        "\"repo:octo/hello\"",
        "-repo:octo/two ",
        "user:victim ",
        "\"\" ",
        "“",
    ];

    private static readonly string[] Words = ["password", "\"a b\"", "password) OR (secret", "a\\\"", "repo:\"octo/hello x\""];

    private static readonly string[] After =
    [
        "",
        " OR password",
        " or repo:octo/hello",
        " repo:octo/hello",
        " \"repo:octo/hello\"",
        " NOT",
        " -",
        " repo:",
        " (",
        "\"",
        " repo:victim/secret",
        "\u00a0user:victim",
    ];

    [Theory]
    [InlineData("search_issues", "issues")]
    [InlineData("search_code", "code")]
    [InlineData("search_commits", "commits")]
    public async Task No_search_tells_of_a_repository_outside_of_the_list(string tool, string kind)
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_ALLOWED_REPOS", "octo/hello,octo/two"));
        github.Upstream.On($"GET /api/v3/search/{kind}", context => AnswerAsync(context, kind));
        var sent = 0;
        foreach (var query in Before.SelectMany(before => Words.SelectMany(word => After.Select(after => before + word + after))))
        {
            var answer = (await github.CallAsync(tool, new { query, page = 2 })).TextOf();
            Assert.False(
                answer.Contains("FOREIGN", StringComparison.Ordinal) || answer.Contains("7654", StringComparison.Ordinal),
                $"{query}: {answer}"
            );
            sent += answer.Contains("items", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(sent, 20, Before.Length * Words.Length * After.Length);
    }

    /// <summary>Says how many hits there are elsewhere, beside one of an allowed repository: what an attacker asks for.</summary>
    private static Task AnswerAsync(HttpContext context, string kind)
    {
        var query = QueryHelpers.ParseQuery(context.Request.QueryString.Value);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(ForeignSearch.Answer(query["q"].ToString(), kind, query["page"].ToString()));
    }
}
