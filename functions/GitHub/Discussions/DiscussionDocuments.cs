namespace GitHub.Discussions;

/// <summary>Discussions, which only GraphQL has.</summary>
internal static class DiscussionDocuments
{
    private const string Members = """
        number title html_url: url user: author { login } category { name } closed is_answered: isAnswered created_at: createdAt updated_at: updatedAt
        """;

    private const string CommentMembers = "id body user: author { login } html_url: url is_answer: isAnswer created_at: createdAt";

    public const string List = $$"""
        query($owner: String!, $repo: String!, $first: Int!, $after: String, $category: ID, $order: DiscussionOrder) {
          repository(owner: $owner, name: $repo) {
            discussions(first: $first, after: $after, categoryId: $category, orderBy: $order) {
              total_count: totalCount
              page_info: pageInfo { has_next_page: hasNextPage end_cursor: endCursor }
              nodes { {{Members}} }
            }
          }
        }
        """;

    public const string Get = $$"""
        query($owner: String!, $repo: String!, $number: Int!) {
          repository(owner: $owner, name: $repo) { discussion(number: $number) { id body {{Members}} } }
        }
        """;

    public const string Categories = """
        query($owner: String!, $repo: String!) {
          repository(owner: $owner, name: $repo) {
            discussion_categories: discussionCategories(first: 100) { nodes { id name description is_answerable: isAnswerable } }
          }
        }
        """;

    public const string Comments = $$"""
        query($owner: String!, $repo: String!, $number: Int!, $first: Int!, $after: String, $replies: Boolean!) {
          repository(owner: $owner, name: $repo) {
            discussion(number: $number) {
              comments(first: $first, after: $after) {
                total_count: totalCount
                page_info: pageInfo { has_next_page: hasNextPage end_cursor: endCursor }
                nodes { {{CommentMembers}} replies(first: 100) @include(if: $replies) { total_count: totalCount nodes { {{CommentMembers}} } } }
              }
            }
          }
        }
        """;

    /// <summary>Where a comment belongs: a node id alone leads anywhere.</summary>
    public const string CommentHome = """
        query($id: ID!) {
          node(id: $id) { ... on DiscussionComment { discussion { id number repository { full_name: nameWithOwner } } } }
        }
        """;

    public const string Add = """
        mutation($discussion: ID!, $body: String!, $reply_to: ID) {
          addDiscussionComment(input: { discussionId: $discussion, body: $body, replyToId: $reply_to }) { comment { id url } }
        }
        """;

    public const string Update =
        "mutation($id: ID!, $body: String!) { updateDiscussionComment(input: { commentId: $id, body: $body }) { comment { id url } } }";

    public const string Delete = "mutation($id: ID!) { deleteDiscussionComment(input: { id: $id }) { comment { id } } }";

    public const string MarkAnswer = "mutation($id: ID!) { markDiscussionCommentAsAnswer(input: { id: $id }) { discussion { number } } }";

    public const string UnmarkAnswer =
        "mutation($id: ID!) { unmarkDiscussionCommentAsAnswer(input: { id: $id }) { discussion { number } } }";
}
