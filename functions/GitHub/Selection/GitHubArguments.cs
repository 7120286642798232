using McpGateway.Tools.Arguments;

namespace GitHub.Selection;

/// <summary>What older versions of the official server, the REST API and gh call our arguments.</summary>
internal static class GitHubArguments
{
    public static ArgumentAliases Aliases { get; } =
        new ArgumentAliases()
            .Take("owner", "organization user username")
            .Take("org", "organization owner")
            .Take("repo", "repository repositoryName repo_name")
            .Take("name", "repo repository repositoryName")
            .Take("issue_number", "issue number issueId")
            .Take("pullNumber", "pull pr number prNumber pullRequestNumber pull_request_number pull_request")
            .Take("discussionNumber", "discussion number")
            .Take("ref", "branch tag sha")
            .Take("branch", "ref branchName branch_name")
            .Take("sha", "branch ref commit commitSha commit_sha")
            .Take("from_branch", "from base source sourceBranch from_ref from_sha sha startPoint")
            .Take("old_text", "old old_string search find")
            .Take("new_text", "new new_string replace replacement")
            .Take("author", "creator")
            .Take("base", "baseBranch base_branch target targetBranch")
            .Take("head", "headBranch head_branch sourceBranch")
            .Take("path", "file filePath filename file_path")
            .Take("content", "contents text")
            .Take("message", "commitMessage commit_message")
            .Take("body", "text comment description")
            .Take("description", "body")
            .Take("query", "q search")
            .Take("perPage", "pageSize limit first maxResults")
            .Take("per_page", "perPage pageSize limit first maxResults")
            .Take("after", "cursor endCursor nextCursor")
            .Take("merge_method", "method")
            .Take("expectedHeadSha", "sha headSha")
            .Take("run_id", "run workflowRunId")
            .Take("job_id", "job")
            .Take("workflow_id", "workflow")
            .Take("status", "conclusion")
            .TakeValue("status", "failure", "failed")
            .Take("orderBy", "sort sortBy")
            .Take("sort", "orderBy sortBy")
            .Take("order", "direction")
            .Take("direction", "order")
            .Advise("visibility", "Give private: true or false.", with: "private")
            .Advise(
                "is_suggestion",
                "This gateway makes changes and stores no suggestions: leave it out to make the change, or put the suggestion into a comment."
            )
            .RefuseAbove("page", 1, "This tool has no pages by number: where its list goes on, give after=nextCursor.");
}
