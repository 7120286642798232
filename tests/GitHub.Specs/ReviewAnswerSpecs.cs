namespace GitHub.Specs;

/// <summary>Reviews and their threads are understood from data that has the schema's names.</summary>
public sealed class ReviewAnswerSpecs
{
    [Theory]
    [InlineData(
        "pull_request_read",
        """{"method":"get_review_comments","owner":"o","repo":"r","pullNumber":1}""",
        "items.0.id=PRRT_1 items.0.is_resolved=True items.0.comments.0.id=9 items.0.comments.0.author=bob "
            + "items.0.comments.0.line=3 items.0.comments.0.html_url=https://h/9 hasMore=True nextCursor=c1",
        """{"owner":"o","repo":"r","number":1,"first":30}""",
        """{"repository":{"pullRequest":{"reviewThreads":{"totalCount":1,"pageInfo":{"hasNextPage":true,"endCursor":"c1"},"nodes":[{"id":"PRRT_1","isResolved":true,"isOutdated":false,"isCollapsed":false,"comments":{"totalCount":1,"nodes":[{"databaseId":9,"body":"why","path":"a","line":3,"author":{"login":"bob"},"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","url":"https://h/9"}]}}]}}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"create","owner":"o","repo":"r","pullNumber":1,"body":"b","event":"APPROVE","commitID":"abc"}""",
        "message=The_review_is_approved:_https://h/1",
        """{"id":"PR_1","body":"b","event":"APPROVE","commit":"abc"}""",
        """{"repository":{"pullRequest":{"id":"PR_1","isDraft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING","url":"https://h"}]}}}}""",
        """{"addPullRequestReview":{"pullRequestReview":{"id":"PRR_1","url":"https://h/1","state":"APPROVED"}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"submit_pending","owner":"o","repo":"r","pullNumber":1,"event":"COMMENT"}""",
        "message=The_review_is_commented:_https://h/1",
        """{"id":"PRR_1","event":"COMMENT"}""",
        """{"viewer":{"login":"me"}}""",
        """{"repository":{"pullRequest":{"id":"PR_1","isDraft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING","url":"https://h"}]}}}}""",
        """{"submitPullRequestReview":{"pullRequestReview":{"id":"PRR_1","url":"https://h/1","state":"COMMENTED"}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"delete_pending","owner":"o","repo":"r","pullNumber":1}""",
        "",
        """{"id":"PRR_1"}""",
        """{"viewer":{"login":"me"}}""",
        """{"repository":{"pullRequest":{"id":"PR_1","isDraft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING","url":"https://h"}]}}}}""",
        """{"deletePullRequestReview":{"pullRequestReview":{"id":"PRR_1","url":"https://h/1","state":"PENDING"}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"resolve_thread","owner":"o","repo":"r","pullNumber":1,"threadId":"PRRT_1"}""",
        "",
        """{"id":"PRRT_1"}""",
        """{"node":{"__typename":"PullRequestReviewThread","isResolved":false,"pullRequest":{"number":1},"repository":{"nameWithOwner":"o/r"}}}""",
        """{"resolveReviewThread":{"thread":{"id":"PRRT_1"}}}"""
    )]
    [InlineData(
        "pull_request_review_write",
        """{"method":"unresolve_thread","owner":"o","repo":"r","pullNumber":1,"threadId":"PRRT_1"}""",
        "",
        """{"id":"PRRT_1"}""",
        """{"node":{"__typename":"PullRequestReviewThread","isResolved":true,"pullRequest":{"number":1},"repository":{"nameWithOwner":"o/r"}}}""",
        """{"unresolveReviewThread":{"thread":{"id":"PRRT_1"}}}"""
    )]
    [InlineData(
        "add_comment_to_pending_review",
        """{"owner":"o","repo":"r","pullNumber":1,"path":"a","body":"b","subjectType":"FILE"}""",
        "",
        """{"pull_request":"PR_1","id":"PRR_1","path":"a","body":"b","subject":"FILE"}""",
        """{"viewer":{"login":"me"}}""",
        """{"repository":{"pullRequest":{"id":"PR_1","isDraft":false,"reviews":{"nodes":[{"id":"PRR_1","state":"PENDING","url":"https://h"}]}}}}""",
        """{"addPullRequestReviewThread":{"thread":{"id":"PRRT_1"}}}"""
    )]
    public Task Data_arrives_with_its_main_facts(string tool, string arguments, string facts, string? variables, params string[] data) =>
        SchemaCalls.CheckAsync(tool, arguments, facts, variables, data);
}
