namespace GitHub.Specs;

/// <summary>Discussions are understood from data that has the schema's names.</summary>
public sealed class DiscussionAnswerSpecs
{
    [Theory]
    [InlineData(
        "list_discussions",
        """{"owner":"o","repo":"r","perPage":1}""",
        "items.0.number=4 items.0.title=How items.0.html_url=https://h/4 items.0.user=ann items.0.category=Q&A "
            + "items.0.is_answered=True hasMore=True nextCursor=c1 totalCount=1",
        """{"owner":"o","repo":"r","first":1}""",
        """{"repository":{"discussions":{"totalCount":1,"pageInfo":{"hasNextPage":true,"endCursor":"c1"},"nodes":[{"id":"D_1","number":4,"title":"How","body":"text","url":"https://h/4","author":{"login":"ann"},"category":{"name":"Q&A"},"closed":false,"isAnswered":true,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}]}}}"""
    )]
    [InlineData(
        "get_discussion",
        """{"owner":"o","repo":"r","discussionNumber":4}""",
        "number=4 title=How body=text user=ann html_url=https://h/4",
        """{"owner":"o","repo":"r","number":4}""",
        """{"repository":{"discussion":{"id":"D_1","number":4,"title":"How","body":"text","url":"https://h/4","author":{"login":"ann"},"category":{"name":"Q&A"},"closed":false,"isAnswered":true,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}}}"""
    )]
    [InlineData(
        "get_discussion_comments",
        """{"owner":"o","repo":"r","discussionNumber":4,"includeReplies":true}""",
        "items.0.id=DC_1 items.0.user=bob items.0.is_answer=True items.0.replies.0.user=ann "
            + "items.0.replies.0.html_url=https://h/4#2 hasMore=True nextCursor=c1",
        """{"owner":"o","repo":"r","number":4,"first":30,"replies":true}""",
        """{"repository":{"discussion":{"comments":{"totalCount":1,"pageInfo":{"hasNextPage":true,"endCursor":"c1"},"nodes":[{"id":"DC_1","body":"yes","author":{"login":"bob"},"url":"https://h/4#1","isAnswer":true,"createdAt":"2026-01-01T00:00:00Z","replies":{"nodes":[{"id":"DC_2","body":"thanks","author":{"login":"ann"},"url":"https://h/4#2","isAnswer":false,"createdAt":"2026-01-01T00:00:00Z"}]}}]}}}}"""
    )]
    [InlineData(
        "list_discussion_categories",
        """{"owner":"o","repo":"r"}""",
        "categories.0.id=C_1 categories.0.name=Q&A categories.0.is_answerable=True",
        """{"owner":"o","repo":"r"}""",
        """{"repository":{"discussionCategories":{"nodes":[{"id":"C_1","name":"Q&A","description":"d","isAnswerable":true}]}}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"add","owner":"o","repo":"r","discussionNumber":4,"body":"b"}""",
        "",
        """{"discussion":"D_1","body":"b"}""",
        """{"repository":{"discussion":{"id":"D_1","number":4,"title":"How","body":"text","url":"https://h/4","author":{"login":"ann"},"category":{"name":"Q&A"},"closed":false,"isAnswered":true,"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}}}""",
        """{"addDiscussionComment":{"comment":{"id":"DC_3","url":"https://h"}}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"reply","commentNodeID":"DC_1","body":"b"}""",
        "",
        """{"discussion":"D_1","body":"b","reply_to":"DC_1"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"addDiscussionComment":{}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"update","commentNodeID":"DC_1","body":"b"}""",
        "",
        """{"id":"DC_1","body":"b"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"updateDiscussionComment":{}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"delete","commentNodeID":"DC_1"}""",
        "",
        """{"id":"DC_1"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"deleteDiscussionComment":{}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"mark_answer","commentNodeID":"DC_1"}""",
        "",
        """{"id":"DC_1"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"markDiscussionCommentAsAnswer":{}}"""
    )]
    [InlineData(
        "discussion_comment_write",
        """{"method":"unmark_answer","commentNodeID":"DC_1"}""",
        "",
        """{"id":"DC_1"}""",
        """{"node":{"__typename":"DiscussionComment","discussion":{"id":"D_1","number":4,"repository":{"nameWithOwner":"o/r"}}}}""",
        """{"unmarkDiscussionCommentAsAnswer":{}}"""
    )]
    public Task Data_arrives_with_its_main_facts(string tool, string arguments, string facts, string? variables, params string[] data) =>
        SchemaCalls.CheckAsync(tool, arguments, facts, variables, data);
}
