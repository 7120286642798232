namespace GitHub.Specs;

/// <summary>A merge that GitHub refuses is answered with where the pull request stands and what it waits for.</summary>
public sealed class MergeSpecs
{
    [Theory]
    [InlineData(409, "Head branch was modified. Review and try the merge again.", "clean", "look at what is new, then retry")]
    [InlineData(405, "Pull Request is not mergeable", "dirty", "it conflicts with its base")]
    [InlineData(
        405,
        "At least 1 approving review is required by reviewers with write access.",
        "blocked",
        "a review or check that the base's rules ask for is missing"
    )]
    [InlineData(405, "Base branch was modified. Review and try the merge again.", "unknown", "look at it again and retry in some seconds")]
    [InlineData(405, "Pull Request is still a draft", "draft", "update_pull_request draft=false")]
    [InlineData(409, "Head is behind", "behind", "bring it up to date with update_pull_request_branch")]
    public async Task A_refused_merge_is_not_retried_and_says_where_the_pull_request_is_now(
        int status,
        string message,
        string state,
        string advice
    )
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("PUT /repos/o/r/pulls/1/merge", $$"""{"message":"{{message}}"}""", status)
            .On("GET /repos/o/r/pulls/1", PullRequest(state));
        var said = await github.FailAsync(
            "merge_pull_request",
            new
            {
                owner = "o",
                repo = "r",
                pullNumber = 1,
            }
        );
        Assert.Contains($"GitHub returned {status}: {message}", said, StringComparison.Ordinal);
        Assert.Contains($"#1 is open, its head at fresh, its base main at b, mergeable_state={state}: ", said, StringComparison.Ordinal);
        Assert.Contains(advice, said, StringComparison.Ordinal);
        Assert.Single(github.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_head_that_has_moved_is_named_when_a_branch_is_not_updated_for_it()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("PUT /repos/o/r/pulls/1/update-branch", """{"message":"expected head sha didn't match current head ref."}""", 422)
            .On("GET /repos/o/r/pulls/1", PullRequest("behind"));
        Assert.Contains(
            "its head at fresh",
            await github.FailAsync(
                "update_pull_request_branch",
                new
                {
                    owner = "o",
                    repo = "r",
                    pullNumber = 1,
                    expectedHeadSha = "old",
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("expectedHeadSha")]
    [InlineData("sha")]
    public async Task A_pull_request_whose_head_has_moved_is_not_merged_for_the_one_that_was_seen(string name)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("PUT /repos/o/r/pulls/1/merge", """{"message":"Head branch was modified. Review and try the merge again."}""", 409)
            .On("GET /repos/o/r/pulls/1", PullRequest("clean"));
        var said = await github.FailAsync(
            "merge_pull_request",
            new Dictionary<string, object?>
            {
                ["owner"] = "o",
                ["repo"] = "r",
                ["pullNumber"] = 1,
                [name] = "seen",
            }
        );
        Assert.Contains("its head at fresh", said, StringComparison.Ordinal);
        Assert.Contains("look at what is new", said, StringComparison.Ordinal);
        var merge = Assert.Single(github.Upstream.Received, request => request.Method == "PUT");
        Assert.Equal("""{"sha":"seen"}""", merge.Text);
    }

    [Fact]
    public async Task A_pull_request_is_merged_at_whatever_head_where_none_is_expected()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On("PUT /repos/o/r/pulls/1/merge", """{"merged":true,"sha":"m","message":"Pull Request successfully merged"}""");
        await github.ReadAsync(
            "merge_pull_request",
            new
            {
                owner = "o",
                repo = "r",
                pullNumber = 1,
                expectedHeadSha = "",
            }
        );
        Assert.Equal("{}", github.LastBody.GetRawText());
    }

    private static string PullRequest(string state) =>
        $$$"""{"number":1,"title":"t","state":"open","mergeable_state":"{{{state}}}","head":{"ref":"f","sha":"fresh"},"base":{"ref":"main","sha":"b"}}""";
}
