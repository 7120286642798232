using System.ComponentModel.DataAnnotations;
using System.Net;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Commits;
using GitHub.Text;
using McpGateway.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.PullRequests;

/// <summary>Reading one pull request.</summary>
internal sealed partial class PullRequestReadTools(IPullRequestsApi api, GraphQl graphQl)
{
    private const int DefaultPerPage = 30;
    private const int MostPerPage = 100;
    private const int MostPagesOfFiles = 30;
    private const int MostFiles = MostPagesOfFiles * MostPerPage;

    /// <summary>https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request</summary>
    private const int MostCommits = 250;

    private static readonly string NoMoreFiles =
        $"GitHub lists the first {MostFiles:N0} files of a pull request and no more: compare_commits of smaller steps has the others.";

    /// <summary>
    /// Read a pull request: get, get_diff, get_status (commit statuses), get_check_runs (CI jobs), get_files, get_commits, get_reviews, get_comments
    /// (conversation), get_review_comments (threads on lines; after=nextCursor).
    /// </summary>
    /// <param name="raw">Keep what rendering hides in bodies.</param>
    /// <param name="path">With get_diff and get_files, only this file or folder; get_files then has patches.</param>
    [McpServerTool(Name = "pull_request_read", Title = "Read a pull request", ReadOnly = true)]
    public async partial Task<object> ReadPullRequestAsync(
        [AllowedValues(
            "get",
            "get_diff",
            "get_status",
            "get_files",
            "get_commits",
            "get_review_comments",
            "get_reviews",
            "get_comments",
            "get_check_runs"
        )]
            string method,
        string owner,
        string repo,
        int pullNumber,
        [OnlyWith("get_diff", "get_files")] string? path = null,
        bool raw = false,
        int? page = null,
        int? perPage = null,
        [OnlyWith("get_review_comments")] string? after = null,
        CancellationToken cancellationToken = default
    ) =>
        method switch
        {
            "get_diff" => await DiffAsync(owner, repo, pullNumber, FilePath.OrNull(path), cancellationToken),
            "get_status" => await StatusAsync(owner, repo, pullNumber, page, perPage, cancellationToken),
            "get_check_runs" => await api.ListCheckRunsAsync(
                    owner,
                    repo,
                    await HeadAsync(owner, repo, pullNumber, cancellationToken),
                    page,
                    perPage,
                    cancellationToken
                )
                .ToPageAsync(list => list.CheckRuns, list => list.TotalCount),
            "get_files" => await FilesAsync(owner, repo, pullNumber, FilePath.OrNull(path), page, perPage, cancellationToken),
            "get_commits" => (await api.ListCommitsAsync(owner, repo, pullNumber, page, perPage, cancellationToken).ToPageAsync()).AtMost(
                MostCommits,
                Before(page, perPage),
                $"GitHub lists the first {MostCommits} commits of a pull request and no more: list_commits with sha=head.sha of method=get has the others."
            ),
            "get_reviews" => (await api.ListReviewsAsync(owner, repo, pullNumber, page, perPage, cancellationToken).ToPageAsync()).Select(
                review => review.As(raw)
            ),
            "get_comments" => (await api.ListCommentsAsync(owner, repo, pullNumber, page, perPage, cancellationToken).ToPageAsync()).Select(
                comment => comment.As(raw)
            ),
            "get_review_comments" when page > 1 && after is null => throw new McpException(
                $"page={page} is not for get_review_comments, which goes on with a cursor: give after=nextCursor of the response before."
            ),
            "get_review_comments" => await ThreadsAsync(owner, repo, pullNumber, raw, perPage, after, cancellationToken),
            _ => (await api.GetAsync(owner, repo, pullNumber, cancellationToken)).As(raw),
        };

    /// <summary>How many items the pages before a page have.</summary>
    private static int Before(int? page, int? perPage) => ((page ?? 1) - 1) * (perPage ?? DefaultPerPage);

    private async Task<string> HeadAsync(string owner, string repo, int number, CancellationToken cancellationToken) =>
        (await api.GetAsync(owner, repo, number, cancellationToken)).HeadSha;

    private async Task<string> DiffAsync(string owner, string repo, int number, string? path, CancellationToken cancellationToken)
    {
        string diff;
        var isCut = false;
        try
        {
            using var content = await api.GetDiffAsync(owner, repo, number, cancellationToken);
            diff = await content.ReadAsStringAsync(cancellationToken);
        }
        catch (UpstreamException e)
            when (e.Status == HttpStatusCode.NotAcceptable
                || e.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
            )
        {
            // GitHub makes no diff that large, or the gateway takes none, but there is one of most files.
            var files = await AllFilesAsync(owner, repo, number, cancellationToken);
            isCut = files.Count >= MostFiles;
            diff = DiffParts.Of(files);
        }

        var cut = isCut ? $"({NoMoreFiles})\n" : "";
        return path is null ? cut + diff
            : DiffParts.At(diff, path) is { Count: > 0 } parts ? cut + string.Concat(parts)
            : isCut ? $"The first {MostFiles:N0} files of the pull request, which are all that GitHub lists, do not have {path}."
            : $"The pull request changes nothing in {path}.";
    }

    private async Task<Page<ChangedFile>> FilesAsync(
        string owner,
        string repo,
        int number,
        string? path,
        int? page,
        int? perPage,
        CancellationToken cancellationToken
    )
    {
        if (path is null)
        {
            var files = await api.ListFilesAsync(owner, repo, number, page, perPage, cancellationToken).ToPageAsync();
            return files.Select(file => file with { Patch = null }).AtMost(MostFiles, Before(page, perPage), NoMoreFiles);
        }

        var all = await AllFilesAsync(owner, repo, number, cancellationToken);
        var found = all.Where(file =>
                DiffParts.IsAt(file.Filename, path) || (file.PreviousFilename is { } old && DiffParts.IsAt(old, path))
            )
            .ToList();
        var (size, skipped) = (perPage ?? DefaultPerPage, Before(page, perPage));
        var hasMore = found.Count > skipped + size;
        return new(
            [.. found.Skip(skipped).Take(size).Select(file => file.WithPatchOrNote())],
            hasMore,
            hasMore ? (page ?? 1) + 1 : null,
            TotalCount: found.Count,
            Note: all.Count >= MostFiles ? NoMoreFiles : null
        );
    }

    /// <summary>All files that GitHub lists, which are 3,000 at most.</summary>
    private async Task<List<ChangedFile>> AllFilesAsync(string owner, string repo, int number, CancellationToken cancellationToken)
    {
        var (files, _) = await Paging.AllAsync(
            page => api.ListFilesAsync(owner, repo, number, page, MostPerPage, cancellationToken).ToPageAsync(),
            MostPagesOfFiles
        );
        return files;
    }

    private async Task<CombinedStatus> StatusAsync(
        string owner,
        string repo,
        int number,
        int? page,
        int? perPage,
        CancellationToken cancellationToken
    )
    {
        var head = await HeadAsync(owner, repo, number, cancellationToken);
        using var response = await api.GetStatusAsync(owner, repo, head, page, perPage, cancellationToken);
        var rest = response.RestOf();
        var status = response.Read();
        return status with
        {
            HasMore = rest.HasMore,
            NextPage = rest.NextPage,
            Note = status is { State: "pending", TotalCount: 0 }
                ? "There are no commit statuses, which GitHub calls pending as well: nothing need be under way. Jobs of GitHub Actions are in get_check_runs."
                : null,
        };
    }

    private async Task<Page<ReviewThread>> ThreadsAsync(
        string owner,
        string repo,
        int number,
        bool raw,
        int? perPage,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var answer = await graphQl.QueryAsync<ThreadsAnswer>(
            GraphQlScope.Of(owner, repo),
            ReviewDocuments.Threads,
            new
            {
                owner,
                repo,
                number,
                first = perPage ?? 30,
                after,
            },
            cancellationToken
        );
        var page = answer.Repository.PullRequest.Threads.ToPage();
        return new(
            [
                .. page.Items.Select(node => new ReviewThread(
                    node.Id,
                    node.IsResolved,
                    node.IsOutdated,
                    node.IsCollapsed,
                    node.Comments.TotalCount ?? 0,
                    [.. node.Comments.Nodes.Select(comment => comment.As(raw))]
                )),
            ],
            page.HasMore,
            NextCursor: page.NextCursor,
            TotalCount: page.TotalCount
        );
    }

    private sealed record ThreadsAnswer(ThreadsRepository Repository);

    private sealed record ThreadsRepository(ThreadsPullRequest PullRequest);

    private sealed record ThreadsPullRequest(Connection<ThreadNode> Threads);

    private sealed record ThreadNode(string Id, bool IsResolved, bool IsOutdated, bool IsCollapsed, Connection<ReviewComment> Comments);
}
