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
        github.Upstream.On($"GET /api/v3/search/{kind}", context => AnswerAsync(context, kind == "issues"));
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
    private static Task AnswerAsync(HttpContext context, bool takesParentheses)
    {
        var query = QueryHelpers.ParseQuery(context.Request.QueryString.Value)["q"].ToString();
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            new ForeignSearch(query, takesParentheses).Finds()
                ? """{"total_count":7654,"incomplete_results":false,"items":[{"repository_url":"https://api.github.com/repos/octo/hello","html_url":"https://github.com/octo/hello/issues/1","repository":{"full_name":"octo/hello"},"number":1,"title":"t","sha":"1","name":"a","path":"a"}]}"""
                : """{"total_count":0,"incomplete_results":false,"items":[]}"""
        );
    }

    /// <summary>Whether a search finds something in victim/secret that has every word in it: FOREIGN.</summary>
    private sealed class ForeignSearch(string query, bool takesParentheses)
    {
        private readonly Queue<string> words = new(Split(query, takesParentheses));

        public bool Finds()
        {
            var found = Either();
            while (words.Count > 0)
            {
                // What stands behind a parenthesis too many counts for itself.
                words.Dequeue();
                found |= words.Count > 0 && Either();
            }

            return found;
        }

        private bool Either()
        {
            var found = All();
            while (words.TryPeek(out var word) && word == "OR")
            {
                words.Dequeue();
                found |= All();
            }

            return found;
        }

        private bool All()
        {
            var (found, hasPlace, isPlace) = (true, false, false);
            while (words.TryPeek(out var word) && word is not ("OR" or ")"))
            {
                words.Dequeue();
                var isNot = word == "NOT";
                if (isNot && !words.TryDequeue(out word))
                {
                    break;
                }

                if (word == "(")
                {
                    var inner = Either();
                    words.TryDequeue(out _);
                    found &= inner != isNot;
                }
                else if (
                    word!.StartsWith("repo:", StringComparison.OrdinalIgnoreCase)
                    || word.StartsWith("user:", StringComparison.OrdinalIgnoreCase)
                )
                {
                    var isHere = word[5..].Trim('"').StartsWith("victim", StringComparison.OrdinalIgnoreCase) != isNot;
                    // Where there are no operators, several places are alternatives.
                    (hasPlace, isPlace) = (true, takesParentheses ? (!hasPlace || isPlace) && isHere : isPlace || isHere);
                }
            }

            return found && (!hasPlace || isPlace);
        }

        private static IEnumerable<string> Split(string query, bool takesParentheses)
        {
            for (var i = 0; i < query.Length; )
            {
                if (char.IsWhiteSpace(query[i]))
                {
                    i++;
                }
                else if (takesParentheses && query[i] is '(' or ')')
                {
                    yield return query[i++].ToString();
                }
                else if (query[i] == '"')
                {
                    var end = query.IndexOf('"', i + 1);
                    yield return "phrase";
                    i = end < 0 ? query.Length : end + 1;
                }
                else
                {
                    var start = i;
                    while (i < query.Length && !char.IsWhiteSpace(query[i]) && !(takesParentheses && query[i] is '(' or ')'))
                    {
                        if (query[i] == '"')
                        {
                            i = query.IndexOf('"', i + 1) is var close and > 0 ? close : query.Length - 1;
                        }

                        i++;
                    }

                    yield return query[start..i];
                }
            }
        }
    }
}
