using System.Text;
using System.Text.Json.Nodes;

namespace GitHub.Specs;

/// <summary>Lines of a file are replaced, deleted and inserted by their numbers, and every other byte stays.</summary>
public sealed class FileEditSpecs
{
    [Theory]
    [InlineData("a\nb\nc\n", """[{"start_line":2,"new_text":"x"}]""", "a\nx\nc\n")]
    [InlineData("a\nb\nc\n", """[{"start_line":2,"end_line":3,"new_text":"x\n"}]""", "a\nx\n")]
    [InlineData("a\nb\nc\n", """[{"start_line":2,"new_text":""}]""", "a\nc\n")]
    [InlineData("a\nb\n", """[{"start_line":2,"new_text":"x"}]""", "a\nx\n")]
    [InlineData("a\nb", """[{"start_line":2,"new_text":"x"}]""", "a\nx")]
    [InlineData("a\nb", """[{"start_line":1,"new_text":"x"}]""", "x\nb")]
    [InlineData("a\nb", """[{"start_line":2,"new_text":""}]""", "a\n")]
    [InlineData("a\n", """[{"insert_after_line":0,"new_text":"x"}]""", "x\na\n")]
    [InlineData("a\nb\n", """[{"insert_after_line":2,"new_text":"x"}]""", "a\nb\nx\n")]
    [InlineData("a\nb", """[{"insert_after_line":2,"new_text":"x"}]""", "a\nb\nx")]
    [InlineData("a\r\nb\r\n", """[{"start_line":1,"new_text":"x\ny"}]""", "x\r\ny\r\nb\r\n")]
    [InlineData("a\nb\nc\n", """[{"start_line":1,"new_text":"1\n2"},{"start_line":3,"new_text":"3"}]""", "1\n2\nb\n3\n")]
    [InlineData("a\nb\nc\n", """[{"start_line":3,"new_text":"3"},{"insert_after_line":1,"new_text":"x"}]""", "a\nx\nb\n3\n")]
    [InlineData("a\nb\nc\n", """[{"old_text":"x","new_text":"y"},{"start_line":2,"new_text":"x"}]""", "a\ny\nc\n")]
    public async Task Lines_are_those_of_the_file_before_any_edit(string before, string edits, string after)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("GET /repos/o/r/contents/f?ref=main", FileEntry.Of("f", before))
            .On("GET /repos/o/r/git/trees/main", FileEntry.RootWith("f"))
            .On("PUT /repos/o/r/contents/f", """{"content":{"name":"f","path":"f","sha":"new"},"commit":{"sha":"c"}}""");
        await github.ReadAsync("edit_file", Edit(edits));
        Assert.Equal(after, Encoding.UTF8.GetString(Convert.FromBase64String(github.LastBody.GetProperty("content").GetString()!)));
    }

    [Theory]
    [InlineData("""[{"start_line":3,"new_text":"x"}]""", "f has 2 lines, not 3")]
    [InlineData("""[{"insert_after_line":3,"new_text":"x"}]""", "f has 2 lines, not 4")]
    [InlineData("""[{"start_line":2,"end_line":1,"new_text":"x"}]""", "end_line=1 is before start_line=2")]
    [InlineData(
        """[{"start_line":1,"insert_after_line":1,"new_text":"x"}]""",
        "give exactly one of old_text, start_line and insert_after_line"
    )]
    [InlineData("""[{"start_line":1}]""", "new_text is missing")]
    [InlineData("""[{"start_line":1,"new_text":"a"}]""", "change nothing")]
    public async Task Lines_that_are_not_there_are_named_and_nothing_is_written(string edits, string said)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("GET /repos/o/r/contents/f?ref=main", FileEntry.Of("f", "a\nb\n"));
        Assert.Contains(said, await github.FailAsync("edit_file", Edit(edits)), StringComparison.Ordinal);
        Assert.DoesNotContain(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    private static JsonObject Edit(string edits) =>
        new()
        {
            ["owner"] = "o",
            ["repo"] = "r",
            ["path"] = "f",
            ["branch"] = "main",
            ["message"] = "m",
            ["edits"] = JsonNode.Parse(edits),
        };
}
