using System.ComponentModel.DataAnnotations;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Text;
using GitHub.Writes;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Issues;

/// <summary>Creating and changing issues.</summary>
internal sealed partial class IssueWriteTools(IIssuesApi api, GraphQl graphQl, IssueFields fields)
{
    /// <summary>Create an issue, or change one: what is not given stays.</summary>
    /// <param name="issue_number">Required for update.</param>
    /// <param name="labels">Replaces all labels; so do assignees.</param>
    /// <param name="milestone">Its number.</param>
    /// <param name="type">One of list_issue_types; empty on update removes it.</param>
    /// <param name="state_reason">Counts only with state.</param>
    /// <param name="duplicate_of">Issue number; required when state_reason is duplicate.</param>
    /// <param name="clear">Fields to empty, with update.</param>
    /// <param name="body_edits">With update, changes parts of the body instead.</param>
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
        [OnlyWith("update"), AllowedValues("completed", "not_planned", "duplicate")] string? state_reason = null,
        int? duplicate_of = null,
        IssueFieldEdit[]? issue_fields = null,
        [OnlyWith("update"), Subset("body", "labels", "assignees", "milestone", "type")] string[]? clear = null,
        BodyEdit[]? body_edits = null,
        CancellationToken cancellationToken = default
    )
    {
        if (duplicate_of is not null && duplicate_of == issue_number)
        {
            throw new McpException($"duplicate_of={duplicate_of} is the issue itself: give the number of the one that it repeats.");
        }

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
            DemandNew(issue_number, state, body_edits);

            return await CreateAsync(owner, repo, title, edit, set, cancellationToken);
        }

        var number = issue_number ?? throw new McpException("method='update' needs issue_number.");
        if (body_edits is { Length: > 0 })
        {
            edit["body"] =
                body is null && clear?.Contains("body") != true
                    ? BodyEdits.Apply((await api.GetAsync(owner, repo, number, cancellationToken)).Body, body_edits)
                    : throw new McpException("body_edits change the body as it is: give them without body and clear.");
        }

        edit.Clear(
            type == "" ? (clear ?? []).Append("type") : clear,
            field =>
                field switch
                {
                    "body" => "",
                    "labels" or "assignees" => Array.Empty<string>(),
                    _ => null,
                }
        );

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

    /// <exception cref="McpException">It is said of a new issue what only an existing one can be told.</exception>
    private static void DemandNew(int? number, string? state, BodyEdit[]? edits)
    {
        var problem =
            number is not null
                ? $"issue_number={number} is for method='update': a new issue gets its number from GitHub. Nothing was created."
            : state == "closed" ? "A new issue is open: create it, then close it with method='update'. Nothing was created."
            : edits is { Length: > 0 } ? "body_edits are for method='update': a new issue has its whole body in body."
            : null;
        if (problem is not null)
        {
            throw new McpException(problem);
        }
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

        var made = await api.CreateAsync(owner, repo, issue, cancellationToken);
        return made.ToAnswer() with { Note = DroppedChanges.In(issue, made) };
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
                "Nothing to change: give at least one of title, body, labels, assignees, milestone, type, state (state_reason "
                    + "counts only with it), issue_fields, clear, body_edits."
            );
        }

        return await steps.RunAsync(async () =>
            (
                updated is not null && steps.Count == 1 ? updated : (await api.GetAsync(owner, repo, number, cancellationToken)).ToAnswer()
            ) with
            {
                Note = updated is null ? null : DroppedChanges.In(edit, updated),
            }
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

    private sealed record IdsAnswer(IdsRepository Repository);

    private sealed record IdsRepository(NodeId Issue, NodeId Other);

    private sealed record NodeId(string Id);
}
