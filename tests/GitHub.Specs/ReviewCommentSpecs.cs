using System.Text.Json;

namespace GitHub.Specs;

/// <summary>A comment of a review stands where its words say.</summary>
public sealed class ReviewCommentSpecs
{
    [Theory]
    [InlineData(""" "line":9,"side":"LEFT","startLine":7 """, """ "line":9,"side":"LEFT","start_line":7,"start_side":"LEFT" """)]
    [InlineData(""" "line":9,"startLine":7 """, """ "line":9,"start_line":7 """)]
    [InlineData(
        """ "line":9,"side":"RIGHT","startLine":7,"startSide":"LEFT" """,
        """ "line":9,"side":"RIGHT","start_line":7,"start_side":"LEFT" """
    )]
    [InlineData(""" "line":9,"startLine":20,"startSide":"LEFT" """, """ "line":9,"start_line":20,"start_side":"LEFT" """)]
    [InlineData(""" "line":9,"side":"LEFT","startLine":9 """, """ "line":9,"side":"LEFT" """)]
    [InlineData(""" "line":9,"startSide":"LEFT" """, """ "line":9 """)]
    public async Task Several_lines_begin_on_the_side_where_they_end(string given, string sent)
    {
        await using var github = await StartAsync();
        await github.ReadAsync("add_comment_to_pending_review", In($$"""{"subjectType":"LINE",{{given}}}"""));
        Assert.Equal(
            $$"""{"pull_request":"PR_1","id":"PRR_1","path":"a","body":"b","subject":"LINE",{{sent.Trim()}}}""",
            github.LastBody.GetProperty("variables").GetRawText()
        );
    }

    [Theory]
    [InlineData("line", "startLine")]
    [InlineData("startLine", "line")]
    public async Task A_line_is_not_lost_in_a_comment_on_the_file(string given, string other)
    {
        await using var github = await StartAsync();
        var said = await github.FailAsync("add_comment_to_pending_review", In($$"""{"subjectType":"FILE","{{given}}":9,"{{other}}":0}"""));
        Assert.Contains($"{given}=9 is of subjectType='LINE'", said, StringComparison.Ordinal);
        Assert.Empty(github.Requests);
    }

    private static async Task<StubbedGitHub> StartAsync()
    {
        var github = await StubbedGitHub.StartAsync();
        return github
            .OnGraphQl("""{"data":{"viewer":{"login":"me"}}}""")
            .OnGraphQl(
                """{"data":{"repository":{"pull_request":{"id":"PR_1","is_draft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING","url":"https://h"}]}}}}}"""
            )
            .OnGraphQl("""{"data":{"addPullRequestReviewThread":{"thread":{"id":"T_1"}}}}""");
    }

    private static Dictionary<string, object?> In(string arguments)
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (all["owner"], all["repo"], all["pullNumber"], all["path"], all["body"]) = ("o", "r", 7, "a", "b");
        return all;
    }
}
