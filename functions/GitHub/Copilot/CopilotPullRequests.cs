using GitHub.Api;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using ModelContextProtocol;

namespace GitHub.Copilot;

/// <summary>The pull requests the coding agent has linked to an issue, and the wait for the next one.</summary>
internal sealed class CopilotPullRequests(GraphQl graphQl, Pause pause)
{
    private const int MostPolls = 9;

    public const string Linked = """
        query($owner: String!, $repo: String!, $number: Int!) {
          repository(owner: $owner, name: $repo) {
            id
            issue(number: $number) {
              events: timelineItems(last: 50, itemTypes: [CROSS_REFERENCED_EVENT]) {
                nodes { ... on CrossReferencedEvent { source { ... on PullRequest { number state html_url: url author { login } repository { id } } } } }
              }
            }
          }
        }
        """;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<CopilotPullRequest>?> ListAsync(
        string owner,
        string repo,
        int number,
        CancellationToken cancellationToken
    )
    {
        var repository = (
            await graphQl.QueryAsync<Answer>(
                GraphQlScope.Of(owner, repo),
                Linked,
                new
                {
                    owner,
                    repo,
                    number,
                },
                cancellationToken
            )
        ).Repository;
        // Other repositories' pull requests may mention the issue as well; the agent's own is in the issue's.
        return
        [
            .. (repository.Issue?.Events.Nodes ?? [])
                .Select(mention => mention?.Source)
                .OfType<Source>()
                .Where(source => source.Author?.Login == CopilotAssignment.Agent && source.Repository?.Id == repository.Id)
                .Select(source => new CopilotPullRequest(source.Number, source.HtmlUrl, source.State)),
        ];
    }

    /// <summary>Waits some seconds for one that was not there before.</summary>
    /// <param name="before">Those that were; null where GitHub did not tell, and a new one could not be told from an old one.</param>
    /// <returns>What to tell of an assignment that was made, whether or not one shows up.</returns>
    public async Task<CopilotAssigned> WaitAsync(
        string owner,
        string repo,
        int number,
        IReadOnlyList<CopilotPullRequest>? before,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var later =
            $"The agent opens one within minutes: ask issue_read method=get issue_number={number} later for closed_by_pull_requests, do not assign it again.";
        if (before is null)
        {
            return new($"Copilot is assigned to #{number}; GitHub did not report what is linked to the issue. {later}");
        }

        try
        {
            for (var poll = 1; poll <= MostPolls; poll++)
            {
                if (!await pause.WaitAsync(BetweenLooks, cancellationToken))
                {
                    return new($"Copilot is assigned to #{number}. {Pause.Stopping} {later}");
                }

                progress.Report(
                    new()
                    {
                        Progress = poll,
                        Total = MostPolls,
                        Message = $"Waiting for Copilot's pull request for #{number}",
                    }
                );
                var linked = await ListAsync(owner, repo, number, cancellationToken);
                if (linked?.FirstOrDefault(pull => before.All(earlier => earlier.Number != pull.Number)) is { } made)
                {
                    return new($"Copilot is assigned to #{number} and has opened pull request #{made.Number}.", made);
                }
            }
        }
        catch (UpstreamException e)
        {
            return new($"Copilot is assigned to #{number}; whether its pull request is there could not be read: {e.Message} {later}");
        }

        var earlier =
            before.Count == 0 ? "" : $" From before: {string.Join(", ", before.Select(pull => $"#{pull.Number} ({pull.State})"))}.";
        return new($"Copilot is assigned to #{number}. After {MostPolls} s it has linked no new pull request.{earlier} {later}");
    }

    private sealed record Answer(RepositoryNode Repository);

    private sealed record RepositoryNode(string Id, IssueNode? Issue = null);

    private sealed record IssueNode(Connection<Mention?> Events);

    private sealed record Mention(Source? Source = null);

    private sealed record Source(
        int Number = 0,
        string? State = null,
        string? HtmlUrl = null,
        Actor? Author = null,
        NodeId? Repository = null
    );

    private sealed record Actor(string? Login = null);

    private sealed record NodeId(string Id);
}

internal sealed record CopilotPullRequest(int Number, string? HtmlUrl = null, string? State = null);

/// <param name="PullRequest">The agent's, where it showed up in time.</param>
internal sealed record CopilotAssigned(string Message, CopilotPullRequest? PullRequest = null);
