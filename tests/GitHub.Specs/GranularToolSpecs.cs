using System.Text.Json;

namespace GitHub.Specs;

/// <summary>Calls of the official server's granular tools do what they did there.</summary>
public sealed class GranularToolSpecs
{
    [Theory]
    [InlineData("create_issue", """{"title":"t"}""", "POST /repos/o/r/issues", """{"title":"t"}""")]
    [InlineData("update_issue_title", """{"issue_number":1,"title":"t"}""", "PATCH /repos/o/r/issues/1", """{"title":"t"}""")]
    [InlineData("update_issue_type", """{"issue_number":1,"issue_type":"Bug"}""", "PATCH /repos/o/r/issues/1", """{"type":"Bug"}""")]
    [InlineData(
        "add_issue_reaction",
        """{"issue_number":1,"content":"heart"}""",
        "POST /repos/o/r/issues/1/reactions",
        """{"content":"heart"}"""
    )]
    [InlineData(
        "add_sub_issue",
        """{"issue_number":1,"sub_issue_id":5}""",
        "POST /repos/o/r/issues/1/sub_issues",
        """{"sub_issue_id":5}"""
    )]
    [InlineData("update_pull_request_title", """{"pullNumber":1,"title":"t"}""", "PATCH /repos/o/r/pulls/1", """{"title":"t"}""")]
    [InlineData(
        "add_pull_request_review_comment_reaction",
        """{"comment_id":9,"content":"heart"}""",
        "POST /repos/o/r/pulls/comments/9/reactions",
        """{"content":"heart"}"""
    )]
    public async Task A_granular_tool_is_the_one_that_does_it(string tool, string arguments, string request, string body)
    {
        await using var github = await StubbedGitHub.StartAsync();
        const string Answer = """{"id":1,"number":1,"title":"t","head":{"ref":"f","sha":"1"},"base":{"ref":"m","sha":"2"}}""";
        github.On(request, Answer).On("GET /repos/o/r/pulls/1", Answer);
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;
        (given["owner"], given["repo"]) = ("o", "r");
        await github.ReadAsync(tool, given);
        Assert.Equal(request, github.Requests[0]);
        Assert.Equal(body, github.Upstream.Received[0].Text);
    }

    [Fact]
    public async Task A_granular_tool_is_not_listed_and_not_offered_where_the_one_that_does_it_is_not()
    {
        await using var github = await StubbedGitHub.StartAsync(("GITHUB_READ_ONLY", "true"));
        var tools = await github.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(tools, tool => tool.Name == "update_issue_title");
        using var response = await github.Gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"update_issue_title","arguments":{"owner":"o","repo":"r","issue_number":1,"title":"t"}}}""",
            StubbedGitHub.Bearer
        );
        Assert.Contains(
            "rror\"",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Empty(github.Requests);
    }
}
