namespace GitHub.PullRequests;

/// <summary>What reviews need of GraphQL.</summary>
internal static class ReviewDocuments
{
    public const string Threads = """
        query($owner: String!, $repo: String!, $number: Int!, $first: Int!, $after: String) {
          repository(owner: $owner, name: $repo) {
            pull_request: pullRequest(number: $number) {
              author { login } is_cross_repository: isCrossRepository head_owner: headRepositoryOwner { login }
              threads: reviewThreads(first: $first, after: $after) {
                total_count: totalCount
                page_info: pageInfo { has_next_page: hasNextPage end_cursor: endCursor }
                nodes {
                  id is_resolved: isResolved is_outdated: isOutdated is_collapsed: isCollapsed
                  comments(first: 50) {
                    total_count: totalCount
                    nodes { id: databaseId body path line state author { login } created_at: createdAt updated_at: updatedAt html_url: url }
                  }
                }
              }
            }
          }
        }
        """;

    /// <summary>The pull request's node id and the pending review of the token's user, of which there is one at most.</summary>
    public const string OwnReview = """
        query($owner: String!, $repo: String!, $number: Int!, $author: String) {
          repository(owner: $owner, name: $repo) {
            pull_request: pullRequest(number: $number) {
              id is_draft: isDraft
              reviews(last: 1, author: $author, states: [PENDING]) { nodes { id state url } }
            }
          }
        }
        """;

    public const string Viewer = "query { viewer { login } }";

    public const string Thread = """
        query($id: ID!) {
          node(id: $id) { ... on PullRequestReviewThread { is_resolved: isResolved pull_request: pullRequest { number } repository { full_name: nameWithOwner } } }
        }
        """;

    /// <summary>What a thread is about: how it begins.</summary>
    public const string ThreadBeginning = """
        query($id: ID!) {
          node(id: $id) { ... on PullRequestReviewThread { comments(first: 1) { nodes { body path line author { login } } } } }
        }
        """;

    public const string Add = """
        mutation($id: ID!, $body: String, $event: PullRequestReviewEvent, $commit: GitObjectID) {
          done: addPullRequestReview(input: { pullRequestId: $id, body: $body, event: $event, commitOID: $commit }) { review: pullRequestReview { id url state } }
        }
        """;

    public const string Submit = """
        mutation($id: ID!, $body: String, $event: PullRequestReviewEvent!) {
          done: submitPullRequestReview(input: { pullRequestReviewId: $id, body: $body, event: $event }) { review: pullRequestReview { id url state } }
        }
        """;

    public const string Delete = """
        mutation($id: ID!) {
          done: deletePullRequestReview(input: { pullRequestReviewId: $id }) { review: pullRequestReview { id url state } }
        }
        """;

    public const string AddThread = """
        mutation($pull_request: ID!, $id: ID!, $path: String!, $body: String!, $subject: PullRequestReviewThreadSubjectType, $line: Int, $side: DiffSide, $start_line: Int, $start_side: DiffSide) {
          addPullRequestReviewThread(input: {
            pullRequestId: $pull_request, pullRequestReviewId: $id, path: $path, body: $body, subjectType: $subject, line: $line, side: $side, startLine: $start_line, startSide: $start_side
          }) { thread { id } }
        }
        """;

    public const string Reply = """
        mutation($id: ID!, $body: String!) {
          done: addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: $id, body: $body }) { comment { html_url: url state } }
        }
        """;

    public const string Resolve = "mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { id } } }";

    public const string Unresolve = "mutation($id: ID!) { unresolveReviewThread(input: { threadId: $id }) { thread { id } } }";

    public const string ToDraft = "mutation($id: ID!) { convertPullRequestToDraft(input: { pullRequestId: $id }) { clientMutationId } }";

    public const string ToReady =
        "mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }";
}
