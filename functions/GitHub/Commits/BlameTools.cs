using GitHub.Api;
using GitHub.Text;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Commits;

/// <summary>Who changed which lines of a file last.</summary>
internal sealed partial class BlameTools(ICommitsApi api, GraphQl graphQl)
{
    public const string Document = """
        query($owner: String!, $repo: String!, $commit: GitObjectID!, $path: String!) {
          repository(owner: $owner, name: $repo) {
            object(oid: $commit) {
              ... on Commit {
                blame(path: $path) {
                  ranges {
                    starting_line: startingLine ending_line: endingLine
                    commit { sha: oid headline: messageHeadline date: committedDate by: author { name } }
                  }
                }
              }
            }
          }
        }
        """;

    /// <summary>Which commit changed each range of a file's lines last, and who made it.</summary>
    /// <param name="reference">Branch, tag or commit; the default branch if not given.</param>
    /// <param name="startLine">Only ranges from this line on.</param>
    [McpServerTool(Name = "get_file_blame", Title = "Get file blame", ReadOnly = true)]
    public async partial Task<Page<BlameRange>> GetFileBlameAsync(
        string owner,
        string repo,
        string path,
        [WireName("ref")] string? reference = null,
        int? startLine = null,
        int? endLine = null,
        CancellationToken cancellationToken = default
    )
    {
        var (first, last) = LineRange.Of(startLine, endLine);
        // By its sha, so that the guards have judged which commit it is.
        using var response = await api.GetAsync(owner, repo, reference ?? "HEAD", 1, 1, cancellationToken);
        var commit = response.Read().Sha;
        var answer = await graphQl.QueryAsync<Answer>(
            GraphQlScope.Of(owner, repo),
            Document,
            new
            {
                owner,
                repo,
                commit,
                path = FilePath.Of(path),
            },
            cancellationToken
        );
        var ranges =
            answer.Repository?.Object?.Blame?.Ranges
            ?? throw new McpException($"There is no {path} in {owner}/{repo} at {reference ?? "the default branch"}.");
        return new(
            [
                .. ranges
                    .Where(range => range.EndingLine >= first && range.StartingLine <= last)
                    .Select(range => new BlameRange(
                        range.StartingLine,
                        range.EndingLine,
                        range.Commit.Sha,
                        range.Commit.Headline,
                        range.Commit.By,
                        range.Commit.Date
                    )),
            ],
            HasMore: false
        );
    }

    private sealed record Answer(RepositoryNode? Repository = null);

    private sealed record RepositoryNode(ObjectNode? Object = null);

    private sealed record ObjectNode(BlameNode? Blame = null);

    private sealed record BlameNode(IReadOnlyList<RangeNode> Ranges);

    private sealed record RangeNode(int StartingLine, int EndingLine, CommitNode Commit);

    private sealed record CommitNode(
        string Sha,
        [property: CleanName] string? Headline = null,
        DateTimeOffset? Date = null,
        [property: Name] string? By = null
    );
}

internal sealed record BlameRange(int FirstLine, int LastLine, string Sha, string? Message, string? Author, DateTimeOffset? Date);
