using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

/// <summary>What people wrote, and patches, are read as they are, in lists too; what reads the same in JSON stays there.</summary>
public sealed class TextBlockSpecs
{
    [Fact]
    public async Task A_body_is_a_text()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/pulls/1", """{"number":1,"title":"t","body":"one\n\n\"two\"","state":"open","html_url":"u"}""")
            .On("GET /repos/o/r/releases/latest", """{"id":1,"tag_name":"v1","body":"- a\n- b","html_url":"u"}""");
        Assert.Equal(
            ["one\n\n\"two\"", "(text 1 of this result)"],
            await ReadAsync(
                github,
                "pull_request_read",
                new
                {
                    method = "get",
                    owner = "o",
                    repo = "r",
                    pullNumber = 1,
                }
            )
        );
        Assert.Equal(
            ["- a\n- b", "(text 1 of this result)"],
            await ReadAsync(github, "get_latest_release", new { owner = "o", repo = "r" })
        );
    }

    [Fact]
    public async Task Comments_of_several_lines_are_texts_and_those_of_one_stay_in_their_list()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/issues/1/comments",
            """
            [{"id":1,"body":"first\nline","user":{"login":"a"},"html_url":"u"},{"id":2,"body":"LGTM","user":{"login":"b"},"html_url":"u"},
            {"id":3,"body":"say \"yes\"","user":{"login":"c"},"html_url":"u"}]
            """
        );
        var texts = await ReadAsync(
            github,
            "issue_read",
            new
            {
                method = "get_comments",
                owner = "o",
                repo = "r",
                issue_number = 1,
            }
        );
        Assert.Equal(
            ["text 1 of this result, items[0].body:", "first\nline", "text 2 of this result, items[2].body:", "say \"yes\""],
            texts.SkipLast(1)
        );
        Assert.Contains("\"body\":\"LGTM\"", texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patches_are_texts_each_announced_by_its_file()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On(
            "GET /repos/o/r/commits/abc",
            """
            {"sha":"abc","html_url":"u","commit":{"message":"m"},
            "files":[{"filename":"a","status":"modified","patch":"@@ -1 +1 @@\n-\"a\"\n+b"},{"filename":"b","status":"added","patch":"@@ -0,0 +1 @@\n+c"}]}
            """
        );
        var texts = await ReadAsync(
            github,
            "get_commit",
            new
            {
                owner = "o",
                repo = "r",
                sha = "abc",
                detail = "full_patch",
            }
        );
        Assert.Equal(
            [
                "text 1 of this result, files[0].patch:",
                "@@ -1 +1 @@\n-\"a\"\n+b",
                "text 2 of this result, files[1].patch:",
                "@@ -0,0 +1 @@\n+c",
            ],
            texts.SkipLast(1)
        );
    }

    /// <summary>The blocks of a result; of the last, where there is one text, what stands in its place.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(StubbedGitHub github, string tool, object arguments)
    {
        var result = await github.CallAsync(tool, arguments);
        Assert.True(result.IsError != true, result.TextOf());
        var texts = result.Content.Cast<TextContentBlock>().Select(block => block.Text).ToList();
        if (texts.Count == 2)
        {
            Assert.Contains("\"body\":\"(text 1 of this result)\"", texts[1], StringComparison.Ordinal);
            texts[1] = "(text 1 of this result)";
        }

        return texts;
    }
}
