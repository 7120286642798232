using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

public sealed class PullRequestSpecs
{
    private const string Pull =
        """{"number":1,"title":"t","draft":true,"head":{"ref":"f","sha":"abc","repo":{"full_name":"ann/r"}},"base":{"ref":"main","sha":"def"},"requested_reviewers":[{"login":"bob"}]}""";

    [Fact]
    public async Task A_review_is_written_line_by_line_and_submitted()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"viewer":{"login":"me"}}}""")
            .OnGraphQl(
                """{"data":{"repository":{"pull_request":{"id":"PR_1","is_draft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING"}]}}}}}"""
            )
            .OnGraphQl("""{"data":{"addPullRequestReviewThread":{"thread":{"id":"PRRT_1"}}}}""");
        await github.ReadAsync(
            "add_comment_to_pending_review",
            new
            {
                owner = "o",
                repo = "r",
                pullNumber = 1,
                path = "a",
                body = "b",
                subjectType = "LINE",
                line = 3,
                side = "RIGHT",
            }
        );
        Assert.Equal(
            """{"pull_request":"PR_1","id":"PRR_1","path":"a","body":"b","subject":"LINE","line":3,"side":"RIGHT"}""",
            github.LastBody.GetProperty("variables").GetRawText()
        );
    }

    [Fact]
    public async Task Without_a_pending_review_there_is_nothing_to_submit()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"viewer":{"login":"me"}}}""")
            .OnGraphQl("""{"data":{"repository":{"pull_request":{"id":"PR_1","is_draft":false,"reviews":{"nodes":[]}}}}}""");
        var said = await github.FailAsync(
            "pull_request_review_write",
            new
            {
                method = "submit_pending",
                owner = "o",
                repo = "r",
                pullNumber = 1,
                @event = "APPROVE",
            }
        );
        Assert.Contains("no pending review", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_changes_the_draft_state_only_where_it_differs()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"repository":{"pull_request":{"id":"PR_1","is_draft":true,"reviews":{"nodes":[]}}}}}""")
            .OnGraphQl("""{"data":{"markPullRequestReadyForReview":{"clientMutationId":null}}}""")
            .On("GET /repos/o/r/pulls/1", Pull)
            .On("POST /repos/o/r/pulls/1/requested_reviewers", Pull, 201);
        var updated = await github.ReadAsync(
            "update_pull_request",
            new
            {
                owner = "o",
                repo = "r",
                pullNumber = 1,
                draft = false,
                reviewers = new[] { "bob", "o/core" },
            }
        );
        Assert.Equal("ann/r", updated.GetProperty("head").GetProperty("repo").GetString());
        Assert.Contains("markPullRequestReadyForReview", github.Upstream.Received[1].Text, StringComparison.Ordinal);
        Assert.Equal("""{"reviewers":["bob"],"team_reviewers":["core"]}""", github.Upstream.Received[2].Text);
    }

    [Fact]
    public async Task Files_come_without_patches_and_a_diff_by_path()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On(
                "GET /repos/o/r/pulls/1/files",
                """[{"filename":"src/a","status":"modified","additions":1,"deletions":0,"changes":1,"patch":"@@"},{"filename":"b","status":"added","patch":"@@"}]"""
            )
            .On("GET /repos/o/r/pulls/1", "diff --git a/src/a b/src/a\n+one\ndiff --git a/b b/b\n+two\n");
        var files = await github.ReadAsync(
            "pull_request_read",
            new
            {
                method = "get_files",
                owner = "o",
                repo = "r",
                pullNumber = 1,
            }
        );
        Assert.False(files.GetProperty("items")[0].TryGetProperty("patch", out _));
        Assert.Equal("@@", (
                await github.ReadAsync(
                    "pull_request_read",
                    new
                    {
                        method = "get_files",
                        owner = "o",
                        repo = "r",
                        pullNumber = 1,
                        path = "src/",
                    }
                )
            ).GetProperty("items")[0].GetProperty("patch").GetString());
        var diff = await github.CallAsync(
            "pull_request_read",
            new
            {
                method = "get_diff",
                owner = "o",
                repo = "r",
                pullNumber = 1,
                path = "b",
            }
        );
        Assert.Equal("diff --git a/b b/b\n+two\n", ((TextContentBlock)diff.Content[0]).Text.TrimEnd('\n') + "\n");
        Assert.Equal("application/vnd.github.diff", github.Upstream.Received[^1].Headers["Accept"]);
    }

    [Fact]
    public async Task A_pull_request_whose_reviewers_are_refused_is_there_and_not_to_be_opened_again()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("POST /repos/o/r/pulls", """{"number":9,"title":"t","html_url":"https://github.com/o/r/pull/9"}""", 201)
            .On("POST /repos/o/r/pulls/9/requested_reviewers", """{"message":"Reviews may only be requested from collaborators."}""", 422);
        var said = await github.FailAsync(
            "create_pull_request",
            new
            {
                owner = "o",
                repo = "r",
                title = "t",
                head = "f",
                @base = "main",
                reviewers = new[] { "stranger" },
            }
        );
        Assert.Contains(
            "Reviews may only be requested from collaborators. That request changed nothing. Of #9 this was done before: opened "
                + "as https://github.com/o/r/pull/9. "
                + "This failed: reviewers (update_pull_request can request them).",
            said,
            StringComparison.Ordinal
        );
        Assert.Equal(2, github.Requests.Count);
    }

    [Fact]
    public async Task An_update_that_fails_halfway_says_what_was_done_what_failed_and_what_was_not_tried()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .On("PATCH /repos/o/r/pulls/1", Pull)
            .On("POST /repos/o/r/pulls/1/requested_reviewers", Pull, 201)
            .On("GET /repos/o/r/pulls/1", """{"message":"Server Error"}""", 403)
            .OnGraphQl("""{"data":{"repository":{"pull_request":{"id":"PR_1","is_draft":true,"reviews":{"nodes":[]}}}}}""")
            .OnGraphQl("""{"data":null,"errors":[{"type":"FORBIDDEN","message":"Not allowed"}]}""")
            .OnGraphQl("""{"data":{"repository":{"pull_request":{"id":"PR_1","is_draft":false,"reviews":{"nodes":[]}}}}}""");
        var update = new
        {
            owner = "o",
            repo = "r",
            pullNumber = 1,
            title = "t",
            body = "b",
            draft = false,
            reviewers = new[] { "bob" },
        };
        Assert.Contains(
            "Of #1 this was done before: title, body. This failed: draft=false. This was not tried: reviewers.",
            await github.FailAsync("update_pull_request", update),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(github.Requests, request => request.EndsWith("requested_reviewers", StringComparison.Ordinal));
        Assert.Contains(
            "Of #1 this was done before: title, body; draft=false; reviewers. This failed: only reading it again.",
            await github.FailAsync("update_pull_request", update),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_pending_review_is_found_though_others_came_after_it()
    {
        await using var github = await StubbedGitHub.StartAsync();
        github
            .OnGraphQl("""{"data":{"viewer":{"login":"me"}}}""")
            .OnGraphQl(
                """{"data":{"repository":{"pull_request":{"id":"P","is_draft":false,"reviews":{"nodes":[{"id":"R","state":"PENDING"}]}}}}}"""
            )
            .OnGraphQl("""{"data":{"done":{"review":{"id":"R","state":"COMMENTED","url":"u"}}}}""");
        await github.ReadAsync(
            "pull_request_review_write",
            new
            {
                method = "submit_pending",
                owner = "octo",
                repo = "hello",
                pullNumber = 1,
                @event = "COMMENT",
            }
        );
        Assert.Contains("states: [PENDING]", github.Upstream.Received[1].Text, StringComparison.Ordinal);
    }
}
