using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GitHub.Specs;

/// <summary>Whatever a body has in it, reading, editing and writing it back loses nothing.</summary>
public sealed class BodyRoundTripSpecs
{
    private const int Texts = 40;
    private const string Marker = "@@here@@";

    private static readonly string[] Pieces =
    [
        "<!-- template: do not remove -->",
        "<div title=\"x\" hidden>\n\n**bold**\n\n</div>",
        "```html title=x\n<b>&amp;</b>\n```",
        "[//]: # (a comment)",
        "[a]: https://a.example \"title\"",
        "[b](https://b.example 'title')",
        "\u05e9\u05dc\u05d5\u05dd \u202b\u0645\u0631\u062d\u0628\u0627\u202c \u200f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 a\u200bb \u00ad\ufeff\u2060",
        "\U0001F468\u200D\U0001F469\u200D\U0001F467 \u2764\uFE0F \U000E0041",
        "\u001b[31mred\u001b[0m\u0007\u0000\u0001\u007f\u0085",
        "tab\t \u00a0 trailing   ",
        "line\r\nline\nline\rline",
        "\\n literal, \"quoted\", back\\slash, <T> & </T>",
        "- [ ] one\n- [x] two",
        "&#8203;&ZeroWidthSpace;&lt;",
        "\u2028\u2029",
        "",
    ];

    [Theory]
    [InlineData("issue_write", "issue_read", "get", "issues/1", false)]
    [InlineData("update_pull_request", "pull_request_read", "get", "pulls/1", false)]
    [InlineData("update_issue_comment", "issue_read", "get_comments", "issues/comments/1", true)]
    public async Task A_body_is_read_and_edited_without_loss(string write, string read, string method, string path, bool isComment)
    {
        var random = new Random(5);
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_CACHE_BYTES", "0"), ("RATE_LIMIT_PER_SECOND", "0"));
        var body = "";
        github.Upstream.On($"GET /api/v3/repos/o/r/{path}", context => context.Response.WriteAsJsonAsync(Item(body)));
        github.Upstream.On($"PATCH /api/v3/repos/o/r/{path}", context => context.Response.WriteAsJsonAsync(Item(body)));
        github.Upstream.On("GET /api/v3/repos/o/r/issues/1/comments", context => context.Response.WriteAsJsonAsync(new[] { Item(body) }));
        github.OnGraphQl("""{"data":{"repository":{"issue":null}}}""");
        for (var i = 0; i < Texts; i++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 9)).Select(_ => Pieces[random.Next(Pieces.Length)]).ToList();
            parts.Insert(random.Next(parts.Count + 1), Marker);
            body = string.Join(random.Next(2) == 0 ? "\n\n" : " ", parts);
            var answer = await github.ReadAsync(
                read,
                new
                {
                    method,
                    owner = "o",
                    repo = "r",
                    issue_number = read == "issue_read" ? 1 : (int?)null,
                    pullNumber = read == "issue_read" ? (int?)null : 1,
                    raw = true,
                }
            );
            Assert.Equal(body, (isComment ? answer.GetProperty("items")[0] : answer).GetProperty("body").GetString());

            await github.ReadAsync(
                write,
                new Dictionary<string, object?>
                {
                    ["owner"] = "o",
                    ["repo"] = "r",
                    ["method"] = write == "issue_write" ? "update" : null,
                    [
                        isComment ? "comment_id"
                        : write == "issue_write" ? "issue_number"
                        : "pullNumber"
                    ] = 1,
                    ["body_edits"] = new[] { new { old_text = Marker, new_text = "done" } },
                }
            );
            Assert.Equal(
                body.Replace(Marker, "done", StringComparison.Ordinal),
                JsonDocument
                    .Parse(github.Upstream.Received.Last(request => request.Method == "PATCH").Body)
                    .RootElement.GetProperty("body")
                    .GetString()
            );
        }
    }

    [Theory]
    [InlineData("get_discussion", "", """{"data":{"repository":{"discussion":{"id":"D","number":1,"title":"t","body":"BODY"}}}}""")]
    [InlineData(
        "get_discussion_comments",
        "",
        """{"data":{"repository":{"discussion":{"comments":{"nodes":[{"id":"C","body":"BODY","replies":{"nodes":[{"id":"R","body":"BODY"}]}}]}}}}}"""
    )]
    [InlineData(
        "pull_request_read",
        "get_review_comments",
        """{"data":{"repository":{"pull_request":{"threads":{"nodes":[{"id":"T","is_resolved":false,"is_outdated":false,"is_collapsed":false,"comments":{"nodes":[{"id":1,"body":"BODY"}]}}]}}}}}"""
    )]
    public async Task What_has_a_body_is_read_as_it_was_written_when_that_is_asked_for(string tool, string method, string answer)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(answer.Replace("BODY", "<!-- kept -->seen", StringComparison.Ordinal));
        Assert.DoesNotContain("kept", await ReadAsync(raw: false), StringComparison.Ordinal);
        Assert.DoesNotContain("\"seen\"", await ReadAsync(raw: true), StringComparison.Ordinal);

        async Task<string> ReadAsync(bool raw) =>
            (
                await github.ReadAsync(
                    tool,
                    new
                    {
                        method,
                        owner = "o",
                        repo = "r",
                        discussionNumber = 1,
                        pullNumber = 1,
                        includeReplies = true,
                        raw,
                    }
                )
            ).GetRawText();
    }

    private static object Item(string body) =>
        new
        {
            id = 1,
            number = 1,
            title = "t",
            body,
            head = new { @ref = "f", sha = "1" },
            @base = new { @ref = "m", sha = "2" },
        };
}
