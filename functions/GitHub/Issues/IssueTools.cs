using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Repositories;
using GitHub.Text;
using GitHub.Writes;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Issues;

/// <summary>Reading and writing one issue.</summary>
internal sealed partial class IssueTools(IIssuesApi api, GraphQl graphQl, IssueFields fields)
{
    /// <summary>Read an issue: get (all about it), get_comments, get_sub_issues, get_parent or get_labels.</summary>
    /// <param name="raw">Ours: with get, the body with what rendering hides.</param>
    [McpServerTool(Name = "issue_read", Title = "Read an issue", ReadOnly = true)]
    public async partial Task<object> ReadIssueAsync(
        [AllowedValues("get", "get_comments", "get_sub_issues", "get_parent", "get_labels")] string method,
        string owner,
        string repo,
        int issue_number,
        bool raw = false,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        method switch
        {
            "get_comments" => await api.ListCommentsAsync(owner, repo, issue_number, page, perPage, cancellationToken).ToPageAsync(),
            "get_sub_issues" => await SubIssuesAsync(owner, repo, issue_number, page, perPage, cancellationToken),
            "get_parent" => new ParentAnswer((await RelationsAsync(owner, repo, issue_number, cancellationToken))?.Parent),
            "get_labels" => await LabelsAsync(owner, repo, issue_number, cancellationToken),
            _ when raw => await GetAsync(owner, repo, issue_number, cancellationToken) with
            {
                Body = (await api.GetRawAsync(owner, repo, issue_number, cancellationToken)).Body,
            },
            _ => await GetAsync(owner, repo, issue_number, cancellationToken),
        };

    /// <summary>Create an issue, or change one: what is not given stays.</summary>
    /// <param name="issue_number">Required for update.</param>
    /// <param name="labels">Replaces all labels; so do assignees.</param>
    /// <param name="milestone">Its number.</param>
    /// <param name="type">One of list_issue_types; empty on update removes it.</param>
    /// <param name="state_reason">Counts only with state.</param>
    /// <param name="duplicate_of">Issue number; required when state_reason is duplicate.</param>
    /// <param name="clear">Ours: what an update empties.</param>
    /// <param name="body_edits">Ours: with update, changes parts of the body instead.</param>
    /// <param name="issue_fields">Custom fields of list_issue_fields: each with exactly one of value, field_option_name, delete.</param>
    [McpServerTool(Name = "issue_write", Title = "Create or update an issue")]
    public async partial Task<Issue> WriteIssueAsync(
        [AllowedValues("create", "update")] string method,
        string owner,
        string repo,
        int? issue_number = null,
        string? title = null,
        string? body = null,
        string[]? labels = null,
        string[]? assignees = null,
        int? milestone = null,
        [EmptyClears] string? type = null,
        [AllowedValues("open", "closed")] string? state = null,
        [AllowedValues("completed", "not_planned", "duplicate")] string? state_reason = null,
        int? duplicate_of = null,
        IssueFieldEdit[]? issue_fields = null,
        [Subset("body", "labels", "assignees", "milestone", "type")] string[]? clear = null,
        BodyEdit[]? body_edits = null,
        CancellationToken cancellationToken = default
    )
    {
        if (state_reason == "duplicate" && duplicate_of is null)
        {
            throw new McpException("state_reason='duplicate' needs duplicate_of: the number of the issue this one repeats.");
        }

        if (duplicate_of is not null && (state != "closed" || state_reason is not (null or "duplicate")))
        {
            throw new McpException(
                $"duplicate_of={duplicate_of} closes an issue: give it with state='closed' and state_reason='duplicate'."
            );
        }

        var edit = Given.Of(
            ("title", title),
            ("body", body),
            ("labels", labels),
            ("assignees", assignees),
            ("milestone", milestone),
            ("type", string.IsNullOrEmpty(type) ? null : type)
        );
        var (set, unset) = issue_fields is { Length: > 0 }
            ? await fields.ResolveAsync(owner, repo, issue_fields, cancellationToken)
            : ([], []);
        if (method == "create")
        {
            if (body_edits is { Length: > 0 })
            {
                throw new McpException("body_edits are for method='update': a new issue has its whole body in body.");
            }

            return await CreateAsync(owner, repo, title, edit, set, cancellationToken);
        }

        var number = issue_number ?? throw new McpException("method='update' needs issue_number.");
        if (body_edits is { Length: > 0 })
        {
            edit["body"] =
                body is null && clear?.Contains("body") != true
                    ? BodyEdits.Apply((await api.GetRawAsync(owner, repo, number, cancellationToken)).Body, body_edits)
                    : throw new McpException("body_edits change the body as it is: give them without body and clear.");
        }

        if (type == "")
        {
            edit["type"] = null!;
        }

        foreach (var cleared in clear ?? [])
        {
            edit[cleared] = cleared switch
            {
                "body" => "",
                "labels" or "assignees" => Array.Empty<string>(),
                _ => null!,
            };
        }

        if (state is not null && duplicate_of is null)
        {
            edit["state"] = state;
            if (state_reason is not null)
            {
                edit["state_reason"] = state_reason;
            }
        }

        return await UpdateAsync(owner, repo, number, edit, set, unset, state == "closed" ? duplicate_of : null, cancellationToken);
    }

    /// <summary>Comment on an issue or pull request, or react to it or to one of its comments.</summary>
    /// <param name="issue_number">Of the issue or pull request.</param>
    /// <param name="body">Required unless reaction is given.</param>
    /// <param name="comment_id">A comment to react to instead; not together with body.</param>
    [McpServerTool(Name = "add_issue_comment", Title = "Add issue comment")]
    public async partial Task<object> AddIssueCommentAsync(
        string owner,
        string repo,
        int issue_number,
        string? body = null,
        long? comment_id = null,
        [AllowedValues("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")] string? reaction = null,
        CancellationToken cancellationToken = default
    )
    {
        if (string.IsNullOrEmpty(body) && reaction is null)
        {
            throw new McpException("Provide body, reaction, or both.");
        }

        if (comment_id is not null && (reaction is null || !string.IsNullOrEmpty(body)))
        {
            throw new McpException("comment_id is for a reaction to that comment alone: give reaction and leave body out.");
        }

        object answer = new Done($"Reacted with {reaction}.");
        return await new WriteSteps($"#{issue_number}")
            .Add(
                reaction is not null,
                $"reaction {reaction}",
                () =>
                    comment_id is { } comment
                        ? api.ReactToCommentAsync(owner, repo, comment, new(reaction!), cancellationToken)
                        : api.ReactAsync(owner, repo, issue_number, new(reaction!), cancellationToken)
            )
            .Add(
                !string.IsNullOrEmpty(body),
                "comment",
                async () => answer = await api.CommentAsync(owner, repo, issue_number, new(body!), cancellationToken)
            )
            .RunAsync(() => Task.FromResult(answer));
    }

    /// <summary>Change a comment on an issue or pull request: all of it (body) or parts (body_edits).</summary>
    [McpServerTool(Name = "update_issue_comment", Title = "Update issue comment")]
    public async partial Task<IssueComment> UpdateIssueCommentAsync(
        string owner,
        string repo,
        long comment_id,
        string? body = null,
        BodyEdit[]? body_edits = null,
        CancellationToken cancellationToken = default
    )
    {
        var text = (body, body_edits) switch
        {
            ({ } whole, null or []) => whole,
            (null, { Length: > 0 } edits) => BodyEdits.Apply(
                (await api.GetRawCommentAsync(owner, repo, comment_id, cancellationToken)).Body,
                edits
            ),
            _ => throw new McpException("Give either body, which replaces the text, or body_edits. Nothing was changed."),
        };
        return await api.UpdateCommentAsync(owner, repo, comment_id, new(text), cancellationToken);
    }

    /// <summary>Delete a comment on an issue or pull request, for good.</summary>
    [McpServerTool(Name = "delete_issue_comment", Title = "Delete issue comment", Destructive = true)]
    public async partial Task<Done> DeleteIssueCommentAsync(string owner, string repo, long comment_id, CancellationToken cancellationToken)
    {
        await api.DeleteCommentAsync(owner, repo, comment_id, cancellationToken);
        return new($"Deleted comment {comment_id}.");
    }

    /// <summary>Change an issue's sub-issues: add, remove or reprioritize.</summary>
    /// <param name="method">add, remove or reprioritize.</param>
    /// <param name="issue_number">The parent's number.</param>
    /// <param name="sub_issue_id">The sub-issue's id, not its number: see 'id' in issue_read.</param>
    /// <param name="replace_parent">With add: take it from its present parent.</param>
    /// <param name="after_id">With reprioritize: id of the sub-issue to come after; or give before_id.</param>
    [McpServerTool(Name = "sub_issue_write", Title = "Change sub-issues")]
    public async partial Task<Issue> WriteSubIssueAsync(
        string method,
        string owner,
        string repo,
        int issue_number,
        long sub_issue_id,
        bool? replace_parent = null,
        long? after_id = null,
        long? before_id = null,
        CancellationToken cancellationToken = default
    )
    {
        switch (method)
        {
            case "add":
                return (
                    await api.AddSubIssueAsync(owner, repo, issue_number, new(sub_issue_id, replace_parent), cancellationToken)
                ).ToAnswer();
            case "remove":
                return (await api.RemoveSubIssueAsync(owner, repo, issue_number, new(sub_issue_id), cancellationToken)).ToAnswer();
            case "reprioritize" when (after_id is null) != (before_id is null):
                return (
                    await api.MoveSubIssueAsync(
                        owner,
                        repo,
                        issue_number,
                        new(sub_issue_id, AfterId: after_id, BeforeId: before_id),
                        cancellationToken
                    )
                ).ToAnswer();
            case "reprioritize":
                throw new McpException("method='reprioritize' needs exactly one of after_id and before_id.");
            default:
                throw new McpException($"method='{method}' is not one of add, remove and reprioritize.");
        }
    }

    private async Task<Issue> GetAsync(string owner, string repo, int number, CancellationToken cancellationToken)
    {
        var relations = RelationsAsync(owner, repo, number, cancellationToken).OrNullOnFailureAsync();
        var issue = (await api.GetAsync(owner, repo, number, cancellationToken)).ToAnswer();
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

    private async Task<Issue> CreateAsync(
        string owner,
        string repo,
        string? title,
        Dictionary<string, object> issue,
        List<FieldWrite> set,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(title))
        {
            throw new McpException("method='create' needs title.");
        }

        if (set.Count > 0)
        {
            issue["issue_field_values"] = set;
        }

        return (await api.CreateAsync(owner, repo, issue, cancellationToken)).ToAnswer();
    }

    private async Task<Issue> UpdateAsync(
        string owner,
        string repo,
        int number,
        Dictionary<string, object> edit,
        List<FieldWrite> set,
        List<long> clear,
        int? duplicateOf,
        CancellationToken cancellationToken
    )
    {
        Issue? updated = null;
        var steps = new WriteSteps($"#{number}")
            .Add(
                edit.Count > 0,
                string.Join(", ", edit.Keys),
                async () => updated = (await api.UpdateAsync(owner, repo, number, edit, cancellationToken)).ToAnswer()
            )
            .Add(
                duplicateOf is not null,
                $"closed as a duplicate of #{duplicateOf}",
                () => CloseAsDuplicateAsync(owner, repo, number, duplicateOf!.Value, cancellationToken)
            )
            .Add(
                set.Count > 0,
                $"{set.Count} custom field(s) set",
                () => api.SetFieldsAsync(owner, repo, number, new(set), cancellationToken)
            );
        foreach (var field in clear)
        {
            steps.Add(true, $"custom field {field} cleared", () => api.ClearFieldAsync(owner, repo, number, field, cancellationToken));
        }

        if (steps.Count == 0)
        {
            throw new McpException(
                "Nothing to change: give at least one of title, body, labels, assignees, milestone, type, state (state_reason counts only with it), issue_fields, clear, body_edits."
            );
        }

        return await steps.RunAsync(async () =>
            updated is not null && steps.Count == 1 ? updated : (await api.GetAsync(owner, repo, number, cancellationToken)).ToAnswer()
        );
    }

    private async Task CloseAsDuplicateAsync(string owner, string repo, int number, int other, CancellationToken cancellationToken)
    {
        var scope = GraphQlScope.Of(owner, repo);
        var ids = (
            await graphQl.QueryAsync<IdsAnswer>(
                scope,
                IssueDocuments.NodeIds,
                new
                {
                    owner,
                    repo,
                    number,
                    other,
                },
                cancellationToken
            )
        ).Repository;
        await graphQl.MutateAsync<object>(
            scope,
            IssueDocuments.CloseAsDuplicate,
            new { id = ids.Issue.Id, duplicate_of = ids.Other.Id },
            cancellationToken
        );
    }

    private sealed record ParentAnswer(IssueLink? Parent);

    private sealed record RelationsAnswer(RelationsRepository? Repository = null);

    private sealed record RelationsRepository(IssueRelations? Issue = null);

    private sealed record IssueRelations(IssueLink? Parent = null, Connection<IssueLink>? ClosedByPullRequests = null);

    private sealed record LabelsAnswer(LabelsRepository Repository);

    private sealed record LabelsRepository(LabelsIssue Issue);

    private sealed record LabelsIssue(Connection<Label> Labels);

    private sealed record IdsAnswer(IdsRepository Repository);

    private sealed record IdsRepository(NodeId Issue, NodeId Other);

    private sealed record NodeId(string Id);
}
