using GitHub.Api;
using GitHub.Writes;
using ModelContextProtocol;

namespace GitHub.Copilot;

/// <summary>Assigns the Copilot coding agent: https://docs.github.com/en/copilot/how-tos/use-copilot-agents/coding-agent.</summary>
internal sealed class CopilotAssignment(GraphQl graphQl, CopilotPullRequests pullRequests)
{
    public const string Agent = "copilot-swe-agent";
    private const string Features = "issues_copilot_assignment_api_support";

    public const string Find = """
        query($owner: String!, $repo: String!, $number: Int!) {
          repository(owner: $owner, name: $repo) {
            id
            issue(number: $number) { id assignees(first: 100) { nodes { id } } }
            actors: suggestedActors(first: 100, capabilities: CAN_BE_ASSIGNED) { nodes { ... on Bot { id login } } }
          }
        }
        """;

    public const string Assign = "mutation($input: UpdateIssueInput!) { updateIssue(input: $input) { issue { number } } }";

    /// <summary>Assigns the agent and waits some seconds for its pull request.</summary>
    public async Task<CopilotAssigned> StartAsync(
        string owner,
        string repo,
        int number,
        AgentStart start,
        AgentIntent? intent,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var before = await pullRequests.ListAsync(owner, repo, number, cancellationToken).OrNullOnFailureAsync();
        await AssignAsync(owner, repo, number, start, intent, cancellationToken);
        return await pullRequests.WaitAsync(owner, repo, number, before, progress, cancellationToken);
    }

    /// <summary>Suggests the agent; nothing is started yet.</summary>
    public Task SuggestAsync(string owner, string repo, int number, AgentIntent intent, CancellationToken cancellationToken) =>
        AssignAsync(owner, repo, number, null, intent, cancellationToken);

    private async Task AssignAsync(
        string owner,
        string repo,
        int number,
        AgentStart? start,
        AgentIntent? intent,
        CancellationToken cancellationToken
    )
    {
        var scope = GraphQlScope.Of(owner, repo);
        var repository = (
            await graphQl.QueryAsync<Answer>(
                scope,
                Find,
                new
                {
                    owner,
                    repo,
                    number,
                },
                cancellationToken,
                Features
            )
        ).Repository;
        var agent =
            repository.Actors.Nodes.FirstOrDefault(actor => actor.Login == Agent)
            ?? throw new McpException(
                $"Copilot cannot be assigned in {owner}/{repo}: the coding agent is not enabled there, or the token's user has no Copilot plan."
            );
        var others = repository.Issue.Assignees.Nodes.Select(assignee => assignee.Id).Where(id => id != agent.Id);
        var input = Given.Of(
            ("id", repository.Issue.Id),
            ("assigneeIds", intent is null ? others.Append(agent.Id).ToList() : null),
            (
                "assignees",
                intent is null
                    ? null
                    : others
                        .Select(id => Given.Of(("actorId", id)))
                        .Append(
                            Given.Of(
                                ("actorId", agent.Id),
                                ("rationale", intent.Rationale),
                                ("confidence", intent.Confidence),
                                ("suggest", intent.Suggest)
                            )
                        )
                        .ToList()
            ),
            (
                "agentAssignment",
                start is null
                    ? null
                    : Given.Of(
                        ("targetRepositoryId", repository.Id),
                        ("baseRef", start.BaseRef),
                        ("customInstructions", start.CustomInstructions)
                    )
            )
        );
        await graphQl.MutateAsync<object>(
            scope,
            Assign,
            new { input },
            cancellationToken,
            intent is null ? Features : $"{Features}, update_issue_suggestions"
        );
    }

    private sealed record Answer(RepositoryNode Repository);

    private sealed record RepositoryNode(string Id, IssueNode Issue, Connection<Actor> Actors);

    private sealed record IssueNode(string Id, Connection<Actor> Assignees);

    private sealed record Actor(string Id = "", string? Login = null);
}

internal sealed record AgentStart(string? BaseRef, string? CustomInstructions);

internal sealed record AgentIntent(string Rationale, string Confidence, bool? Suggest);
