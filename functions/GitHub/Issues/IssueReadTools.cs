using System.ComponentModel.DataAnnotations;
using System.Net;
using GitHub.Answers;
using GitHub.Api;
using McpGateway.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Issues;

/// <summary>Reading one issue.</summary>
internal sealed partial class IssueReadTools(IIssuesApi api, GraphQl graphQl)
{
    /// <summary>Read an issue: get (all about it), get_comments, get_sub_issues, get_parent, get_labels or find_duplicates.</summary>
    /// <param name="confidence_threshold">With find_duplicates: higher is stricter.</param>
    /// <param name="raw">Keep what rendering hides in bodies.</param>
    [McpServerTool(Name = "issue_read", Title = "Read an issue", ReadOnly = true)]
    public async partial Task<object> ReadIssueAsync(
        [AllowedValues("get", "get_comments", "get_sub_issues", "get_parent", "get_labels", "find_duplicates")] string method,
        string owner,
        string repo,
        int issue_number,
        [OnlyWith("find_duplicates")] double? confidence_threshold = null,
        bool raw = false,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        method switch
        {
            "get_comments" => (
                await api.ListCommentsAsync(owner, repo, issue_number, page, perPage, cancellationToken).ToPageAsync()
            ).Select(comment => comment.As(raw)),
            "get_sub_issues" => await SubIssuesAsync(owner, repo, issue_number, page, perPage, cancellationToken),
            "get_parent" => new ParentAnswer((await RelationsAsync(owner, repo, issue_number, cancellationToken))?.Parent),
            "get_labels" => await LabelsAsync(owner, repo, issue_number, cancellationToken),
            "find_duplicates" => await DuplicatesAsync(owner, repo, issue_number, confidence_threshold, page, perPage, cancellationToken),
            _ => await GetAsync(owner, repo, issue_number, raw, cancellationToken),
        };

    private async Task<Issue> GetAsync(string owner, string repo, int number, bool raw, CancellationToken cancellationToken)
    {
        var relations = RelationsAsync(owner, repo, number, cancellationToken).OrNullOnFailureAsync();
        var issue = (await api.GetAsync(owner, repo, number, cancellationToken)).ToAnswer(raw);
        return await relations is { } found
            ? issue with
            {
                HasParent = found.Parent is not null,
                Parent = found.Parent,
                ClosedByPullRequests = found.ClosedByPullRequests is { TotalCount: > 0 } closing
                    ? new(closing.TotalCount.Value, closing.Nodes)
                    : null,
            }
            : issue;
    }

    private async Task<Page<Issue>> SubIssuesAsync(
        string owner,
        string repo,
        int number,
        int? page,
        int? perPage,
        CancellationToken cancellationToken
    )
    {
        var found = await api.ListSubIssuesAsync(owner, repo, number, page, perPage, cancellationToken).ToPageAsync();
        return found with { Items = [.. found.Items.Select(issue => issue.ToAnswer())] };
    }

    private async Task<Page<SimilarIssue>> DuplicatesAsync(
        string owner,
        string repo,
        int number,
        double? threshold,
        int? page,
        int? perPage,
        CancellationToken cancellationToken
    )
    {
        const string Remedy = "Search for the words of its title instead: search_issues.";
        try
        {
            var found = await api.ListSimilarAsync(owner, repo, number, threshold, page, perPage, cancellationToken).ToPageAsync();
            return found.Items.Any(issue => string.IsNullOrEmpty(issue.Confidence))
                ? throw new McpException(
                    $"GitHub does not rank duplicates in {owner}/{repo}: it returned issues without a ranking. {Remedy}"
                )
                : found;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            throw new McpException(
                $"GitHub finds no duplicates in {owner}/{repo}: it has no #{number}, or the feature is not on there. {Remedy}"
            );
        }
    }

    private async Task<IssueRelations?> RelationsAsync(string owner, string repo, int number, CancellationToken cancellationToken) => (
            await graphQl.QueryAsync<RelationsAnswer>(
                GraphQlScope.Of(owner, repo),
                IssueDocuments.Relations,
                new
                {
                    owner,
                    repo,
                    number,
                },
                cancellationToken
            )
        ).Repository?.Issue;

    private async Task<LabelList> LabelsAsync(string owner, string repo, int number, CancellationToken cancellationToken)
    {
        var answer = await graphQl.QueryAsync<LabelsAnswer>(
            GraphQlScope.Of(owner, repo),
            IssueDocuments.Labels,
            new
            {
                owner,
                repo,
                number,
            },
            cancellationToken
        );
        var labels = answer.Repository.Issue.Labels;
        return new(labels.Nodes, labels.TotalCount ?? labels.Nodes.Count);
    }

    private sealed record ParentAnswer(IssueLink? Parent);

    private sealed record RelationsAnswer(RelationsRepository? Repository = null);

    private sealed record RelationsRepository(IssueRelations? Issue = null);

    private sealed record IssueRelations(IssueLink? Parent = null, Connection<IssueLink>? ClosedByPullRequests = null);

    private sealed record LabelsAnswer(LabelsRepository Repository);

    private sealed record LabelsRepository(LabelsIssue Issue);

    private sealed record LabelsIssue(Connection<Label> Labels);
}
