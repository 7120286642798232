using System.Text.Json.Nodes;
using McpGateway.Testing;

namespace GitHub.Specs;

/// <summary>A text that nobody sees names nothing, and says nothing.</summary>
public sealed class BlankSpecs
{
    [Fact]
    public async Task Every_tool_refuses_a_blank_where_it_needs_a_text()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var (calls, problems) = await new BlankCalls(github.Gateway, github.Upstream, StubbedGitHub.Bearer)
        {
            Samples = SampleCalls.Samples,
            MeanSomething =
            [
                "create_or_update_file content",
                // A choice, of which there is no blank one.
                "sub_issue_write method",
                // All that is in the repository.
                "search_issues query",
                "search_pull_requests query",
            ],
        }.RunAsync();
        Assert.True(calls > 170, $"{calls}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task A_prompt_refuses_a_blank_where_it_needs_a_text()
    {
        await using var github = await StubbedGitHub.StartAsync();
        var error = await github.PostAsync(
            "prompts/get",
            new()
            {
                ["name"] = "AssignCodingAgent",
                ["arguments"] = new JsonObject { ["repo"] = " \u200b" },
            }
        );
        Assert.Equal("The prompt 'AssignCodingAgent' requires the string argument 'repo'.", error["message"]?.ToString());
    }
}
