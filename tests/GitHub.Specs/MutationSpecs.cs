namespace GitHub.Specs;

/// <summary>GraphQL answers 200 to a change that was made, to one that was not, and to one of which a part of the answer failed.</summary>
public sealed class MutationSpecs
{
    private const string Thread =
        """{"data":{"node":{"is_resolved":false,"repository":{"full_name":"o/r"},"pull_request":{"number":1}}}}""";

    private const string Failed =
        """ "errors":[{"type":"INTERNAL","path":["resolveReviewThread","thread"],"message":"Something went wrong"}]} """;

    [Theory]
    [InlineData("""{"data":{"resolveReviewThread":{"thread":null}},""", true)]
    [InlineData("""{"data":{"resolveReviewThread":null},""", false)]
    [InlineData("""{"data":null,""", false)]
    [InlineData("{", false)]
    public async Task A_change_of_which_the_answer_failed_may_have_been_made(string data, bool mayBeDone)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(Thread).OnGraphQl(data + Failed);
        var said = await github.FailAsync("pull_request_review_write", new { method = "resolve_thread", threadId = "PRRT_1" });
        Assert.StartsWith("GitHub reported: Something went wrong.", said, StringComparison.Ordinal);
        Assert.Equal(mayBeDone, said.Contains("may have been made all the same: check before", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"data":{"resolveReviewThread":null}}""")]
    [InlineData("""{"data":{}}""")]
    public async Task A_change_of_which_nothing_is_said_is_not_told_as_made(string answer)
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.OnGraphQl(Thread).OnGraphQl(answer);
        Assert.Contains(
            "null in the place of what became of the change. The change may have been made: check before you try again.",
            await github.FailAsync("pull_request_review_write", new { method = "resolve_thread", threadId = "PRRT_1" }),
            StringComparison.Ordinal
        );
    }
}
