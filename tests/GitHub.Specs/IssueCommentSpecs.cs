namespace GitHub.Specs;

/// <summary>Comments and reactions.</summary>
public sealed class IssueCommentSpecs
{
    [Fact]
    public async Task A_comment_a_reaction_and_their_wrong_mixes()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("POST /repos/o/r/issues/7/comments", """{"id":5,"body":"hi"}""", 201)
            .On("POST /repos/o/r/issues/comments/5/reactions", "{}", 201)
            .On("DELETE /repos/o/r/issues/comments/5", "", 204);
        Assert.Equal(5, (
                await github.ReadAsync(
                    "add_issue_comment",
                    new
                    {
                        owner = "o",
                        repo = "r",
                        issue_number = 7,
                        body = "hi",
                    }
                )
            ).GetProperty("id").GetInt32());
        await github.ReadAsync(
            "add_issue_comment",
            new
            {
                owner = "o",
                repo = "r",
                issue_number = 7,
                comment_id = 5,
                reaction = "heart",
            }
        );
        await github.ReadAsync(
            "delete_issue_comment",
            new
            {
                owner = "o",
                repo = "r",
                comment_id = 5,
            }
        );
        Assert.Contains(
            "Provide body, reaction, or both",
            await github.FailAsync(
                "add_issue_comment",
                new
                {
                    owner = "o",
                    repo = "r",
                    issue_number = 7,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is not one of add, remove, reprioritize",
            await github.FailAsync(
                "sub_issue_write",
                new
                {
                    method = "x",
                    owner = "o",
                    repo = "r",
                    issue_number = 7,
                    sub_issue_id = 1,
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "add_issue_comment",
        "issues/7/reactions",
        "issues/7/comments",
        "Of #7 this was done before: reaction heart. This failed: comment."
    )]
    [InlineData(
        "add_reply_to_pull_request_comment",
        "pulls/comments/5/reactions",
        "pulls/7/comments/5/replies",
        "Of comment 5 this was done before: reaction heart. This failed: reply."
    )]
    public async Task A_comment_that_fails_after_its_reaction_says_so_that_it_is_not_made_twice(
        string tool,
        string reactions,
        string comments,
        string expected
    )
    {
        await using var github = await StubbedGitHub.StartAsync();
        github.On($"POST /repos/o/r/{reactions}", "{}", 201).On($"POST /repos/o/r/{comments}", """{"message":"locked"}""", 403);
        Assert.EndsWith(
            expected,
            await github.FailAsync(
                tool,
                tool == "add_issue_comment"
                    ? new
                    {
                        owner = "o",
                        repo = "r",
                        issue_number = 7,
                        body = "hi",
                        reaction = "heart",
                    }
                    : new
                    {
                        owner = "o",
                        repo = "r",
                        pullNumber = 7,
                        commentId = 5,
                        body = "hi",
                        reaction = "heart",
                    }
            ),
            StringComparison.Ordinal
        );
    }
}
