using System.Text.Json;
using GitHub.Text;

namespace GitHub.Specs;

/// <summary>Bodies are read, edited and written back without losing anything.</summary>
public sealed class BodySpecs
{
    private const string Written = "<!-- template 7 -->\\r\\nOne\\r\\n- [ ] two\\u200b\\r\\n";

    [Theory]
    [InlineData("issue_read", "GET /repos/o/r/issues/1")]
    [InlineData("pull_request_read", "GET /repos/o/r/pulls/1")]
    public async Task A_body_is_read_as_it_was_written_when_that_is_asked_for(string tool, string request)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(request, $$$"""{"number":1,"title":"t","body":"{{{Written}}}","head":{"ref":"f","sha":"1"},"base":{"ref":"m","sha":"2"}}""")
            .OnGraphQl("""{"data":{"repository":{"issue":null}}}""");
        Assert.Equal("\r\nOne\r\n- [ ] two\r\n", await BodyAsync(raw: false));
        Assert.Equal("<!-- template 7 -->\r\nOne\r\n- [ ] two\u200b\r\n", await BodyAsync(raw: true));

        async Task<string?> BodyAsync(bool raw) => (
                await github.ReadAsync(
                    tool,
                    new
                    {
                        method = "get",
                        owner = "o",
                        repo = "r",
                        issue_number = tool == "issue_read" ? 1 : (int?)null,
                        pullNumber = tool == "issue_read" ? (int?)null : 1,
                        raw,
                    }
                )
            ).GetProperty("body").GetString();
    }

    [Theory]
    [InlineData("issue_write", "issues/1")]
    [InlineData("update_pull_request", "pulls/1")]
    [InlineData("update_issue_comment", "issues/comments/1")]
    public async Task Parts_of_a_body_are_changed_and_the_rest_stays_hidden_parts_included(string tool, string path)
    {
        await using var github = await StubbedGitHub.StartAsync();
        var answer =
            $$$"""{"id":1,"number":1,"title":"t","body":"{{{Written}}}","head":{"ref":"f","sha":"1"},"base":{"ref":"m","sha":"2"}}""";
        github.On($"GET /repos/o/r/{path}", answer).On($"PATCH /repos/o/r/{path}", answer);
        await github.ReadAsync(tool, Edits(new { old_text = "[ ]", new_text = "[x]" }, new { new_text = "Three\n" }));
        Assert.Equal(
            "<!-- template 7 -->\r\nOne\r\n- [x] two\u200b\r\nThree\r\n",
            JsonDocument
                .Parse(github.Upstream.Received.Single(request => request.Method == "PATCH").Body)
                .RootElement.GetProperty("body")
                .GetString()
        );
        Assert.Contains(
            "is not in the body",
            await github.FailAsync(tool, Edits(new { old_text = "four", new_text = "x" })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "3 times in the body",
            await github.FailAsync(tool, Edits(new { old_text = "e", new_text = "x" })),
            StringComparison.Ordinal
        );
        Assert.Single(github.Upstream.Received, request => request.Method == "PATCH");

        object Edits(params object[] body_edits) =>
            new Dictionary<string, object?>
            {
                ["owner"] = "o",
                ["repo"] = "r",
                [
                    tool switch
                    {
                        "issue_write" => "issue_number",
                        "update_pull_request" => "pullNumber",
                        _ => "comment_id",
                    }
                ] = 1,
                ["body_edits"] = body_edits,
            }
                .Concat(tool == "issue_write" ? [KeyValuePair.Create("method", (object?)"update")] : [])
                .ToDictionary();
    }

    [Theory]
    [InlineData("", "More.")]
    [InlineData("One", "One\nMore.")]
    [InlineData("One\n", "One\nMore.")]
    [InlineData("One\r\nTwo", "One\r\nTwo\r\nMore.")]
    public async Task What_is_added_to_a_body_begins_a_line(string body, string expected)
    {
        await using var github = await StubbedGitHub.StartAsync();
        var comment = JsonSerializer.Serialize(new { id = 1, body });
        github.On("GET /repos/o/r/issues/comments/1", comment).On("PATCH /repos/o/r/issues/comments/1", comment);
        await github.ReadAsync(
            "update_issue_comment",
            new
            {
                owner = "o",
                repo = "r",
                comment_id = 1,
                body_edits = new[] { new { new_text = "More." } },
            }
        );
        Assert.Equal(expected, github.LastBody.GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_body_is_replaced_or_changed_in_parts_never_both()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var edits = new[] { new { new_text = "x" } };
        foreach (
            var (tool, arguments) in new (string, object)[]
            {
                (
                    "issue_write",
                    new
                    {
                        method = "update",
                        owner = "o",
                        repo = "r",
                        issue_number = 1,
                        body = "b",
                        body_edits = edits,
                    }
                ),
                (
                    "issue_write",
                    new
                    {
                        method = "create",
                        owner = "o",
                        repo = "r",
                        title = "t",
                        body_edits = edits,
                    }
                ),
                (
                    "update_pull_request",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        pullNumber = 1,
                        clear = new[] { "body" },
                        body_edits = edits,
                    }
                ),
                (
                    "update_issue_comment",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        comment_id = 1,
                        body = "b",
                        body_edits = edits,
                    }
                ),
                (
                    "update_issue_comment",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        comment_id = 1,
                    }
                ),
            }
        )
        {
            Assert.Contains("body_edits", await github.FailAsync(tool, arguments), StringComparison.Ordinal);
        }

        Assert.Empty(github.Requests);
    }

    [Theory]
    [InlineData(@"## Summary\n\nFixes it.\n- one\n- two", "## Summary\n\nFixes it.\n- one\n- two")]
    [InlineData(@"One.\r\n\r\nTwo.", "One.\n\nTwo.")]
    [InlineData(@"Do this:\n1. print `a\nb`\n2. go", "Do this:\n1. print `a\\nb`\n2. go")]
    [InlineData(@"Lines end in \n here.", null)]
    [InlineData(@"C:\new\name", null)]
    [InlineData(@"Split at `\n\n` only.", null)]
    [InlineData("Real.\nUse \\n\\n to end.", null)]
    public void Line_ends_that_were_escaped_once_too_often_are_line_ends(string written, string? meant) =>
        Assert.Equal(meant, LineEnds.Repair(written));

    [Fact]
    public async Task A_repaired_body_is_said_to_be()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("POST /repos/o/r/issues/1/comments", """{"id":1}""");
        var result = await github.CallAsync(
            "add_issue_comment",
            new
            {
                owner = "o",
                repo = "r",
                issue_number = 1,
                body = @"Done.\n\n- tests pass",
            }
        );
        Assert.Equal("Done.\n\n- tests pass", github.LastBody.GetProperty("body").GetString());
        Assert.Contains("was written with line ends", result.TextOf(), StringComparison.Ordinal);
    }
}
