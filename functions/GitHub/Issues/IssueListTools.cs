using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using GitHub.Api;
using GitHub.Milestones;
using GitHub.Selection;
using GitHub.Text;
using GitHub.Writes;
using McpGateway.Tools.Schemas;
using McpGateway.Tools.Selection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Issues;

/// <summary>Finding issues, and what they can be given.</summary>
internal sealed partial class IssueListTools(
    IIssuesApi api,
    IMilestonesApi milestones,
    GraphQl graphQl,
    IssueFields issueFields,
    GitHubHost host
)
{
    private const int MostPerPage = 100;
    private const int MostPagesOfMilestones = 20;

    /// <summary>Issues of a repository. Continue with after=nextCursor.</summary>
    /// <param name="state">Both if not given.</param>
    /// <param name="orderBy">Only together with direction.</param>
    /// <param name="since">Updated since, ISO 8601.</param>
    /// <param name="assignee">A login, as is author.</param>
    /// <param name="milestone">Its number or title, or * for any.</param>
    /// <param name="field_filters">Custom fields with the value wanted: an option's name, text, a number, YYYY-MM-DD.</param>
    /// <param name="fields">Return only these of each issue.</param>
    [McpServerTool(Name = "list_issues", Title = "List issues", ReadOnly = true)]
    public async partial Task<Page<Issue>> ListIssuesAsync(
        string owner,
        string repo,
        [AllowedValues("OPEN", "CLOSED")] string? state = null,
        string[]? labels = null,
        [AllowedValues("CREATED_AT", "UPDATED_AT", "COMMENTS")] string? orderBy = null,
        [AllowedValues("ASC", "DESC")] string? direction = null,
        string? since = null,
        string? assignee = null,
        string? author = null,
        string? milestone = null,
        IssueFieldFilter[]? field_filters = null,
        [Subset("number", "title", "body", "state", "user", "labels", "assignees", "comments", "created_at", "updated_at", "field_values")]
            string[]? fields = null,
        string? after = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    )
    {
        // A label without a name is none: clients that must fill every argument send it.
        labels = [.. (labels ?? []).Where(label => label.Length > 0)];
        if (assignee is "none")
        {
            throw new McpException("assignee='none' is a login here: search_issues with 'no:assignee' finds the issues of nobody.");
        }

        if ((orderBy is null) != (direction is null))
        {
            throw new McpException("orderBy and direction go together: give both or neither.");
        }

        var filters = field_filters is { Length: > 0 }
            ? await issueFields.ResolveFiltersAsync(owner, repo, field_filters, cancellationToken)
            : null;
        var withFields = !host.IsEnterpriseServer && (fields is null or [] || fields.Contains("field_values"));
        var answer = await graphQl.QueryAsync<ListAnswer>(
            GraphQlScope.Of(owner, repo),
            IssueDocuments.List(withFields),
            new
            {
                owner,
                repo,
                first = perPage ?? 30,
                after,
                states = state is null ? null : new[] { state },
                labels = labels is { Length: > 0 } ? labels : null,
                order = orderBy is null ? null : new { field = orderBy, direction },
                filter = Given.Of(
                    ("since", since),
                    ("assignee", assignee),
                    ("createdBy", author),
                    ("milestoneNumber", await NumberOfAsync(owner, repo, milestone, cancellationToken)),
                    ("issueFieldValues", filters)
                )
                    is { Count: > 0 } wanted
                    ? wanted
                    : null,
            },
            cancellationToken,
            withFields || filters is not null ? IssueDocuments.FieldFeatures : null
        );
        var found = answer.Repository.Issues.ToPage();
        var some = found.Items.Count(node => node.Labels is { } has && labels?.Except(has, StringComparer.OrdinalIgnoreCase).Any() == true);
        return new(
            [.. found.Items.Select(node => node.ToIssue())],
            found.HasMore,
            NextCursor: found.NextCursor,
            TotalCount: found.TotalCount,
            Note: some > 0
                ? $"{some} of these have only some of the labels, for GitHub lists issues that have any of them: search_issues with "
                    + $"'{string.Join(' ', labels!.Select(label => $"label:\"{label}\""))}' finds those that have all."
                : null
        );
    }

    /// <summary>Search issues; is:issue is implied.</summary>
    /// <param name="query">What it is about in plain words, and qualifiers such as repo:o/r, is:open, label:bug, author:octocat.</param>
    /// <param name="owner">With repo: only issues there, unless query has a repo: of its own.</param>
    /// <param name="fields">Return only these of each issue.</param>
    [McpServerTool(Name = "search_issues", Title = "Search issues", ReadOnly = true)]
    public async partial Task<Page<Issue>> SearchIssuesAsync(
        [EmptyClears] string query,
        string? owner = null,
        string? repo = null,
        [SearchOrder] string? sort = null,
        [AllowedValues("asc", "desc")] string? order = null,
        [SearchFields("type", "field_values")] string[]? fields = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    )
    {
        var found = await api.SearchAsync(
                IssueQuery.Of(query, "is:issue", owner, repo),
                host.IsEnterpriseServer ? null : "semantic",
                host.IsEnterpriseServer || IssueQuery.NamesFields(query) ? "true" : null,
                sort,
                order,
                page,
                perPage,
                cancellationToken
            )
            .ToPageAsync()
            .SortedAsync(sort, order);
        return found with { Items = [.. found.Items.Select(issue => issue.ToAnswer())] };
    }

    /// <summary>The types issues may have in a repository, or in an organization if repo is not given.</summary>
    [McpServerTool(Name = "list_issue_types", Title = "List issue types", ReadOnly = true)]
    public async partial Task<IssueTypeList> ListIssueTypesAsync(
        string owner,
        string? repo = null,
        CancellationToken cancellationToken = default
    ) =>
        new(
            repo is null
                ? await api.ListOrganizationTypesAsync(owner, cancellationToken)
                : await api.ListTypesAsync(owner, repo, cancellationToken)
        );

    /// <summary>The custom fields issues have in a repository, or in an organization if repo is not given, with the options of choices.</summary>
    [McpServerTool(Name = "list_issue_fields", Title = "List issue fields", ReadOnly = true)]
    public async partial Task<IssueFieldList> ListIssueFieldsAsync(
        string owner,
        string? repo = null,
        CancellationToken cancellationToken = default
    ) => new(await issueFields.ListAsync(owner, repo, cancellationToken));

    /// <summary>A label's color and description.</summary>
    [McpServerTool(Name = "get_label", Title = "Get label", ReadOnly = true), AlsoIn(ToolsetNames.Labels)]
    public async partial Task<Label> GetLabelAsync(string owner, string repo, string name, CancellationToken cancellationToken)
    {
        var answer = await graphQl.QueryAsync<LabelAnswer>(
            GraphQlScope.Of(owner, repo),
            IssueDocuments.Label,
            new
            {
                owner,
                repo,
                name,
            },
            cancellationToken
        );
        return answer.Repository?.Label ?? throw new McpException($"There is no label '{name}' in {owner}/{repo}.");
    }

    /// <summary>A milestone by its number, *, or its title. What is neither GitHub takes for a milestone without issues.</summary>
    private async Task<string?> NumberOfAsync(string owner, string repo, string? milestone, CancellationToken cancellationToken)
    {
        // A title may look like a number, as those of years and versions do.
        if (
            milestone is null or "*"
            || (
                int.TryParse(milestone, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number > 0
                && await milestones.GetAsync(owner, repo, number, cancellationToken).OrNullAsync() is not null
            )
        )
        {
            return milestone;
        }

        var (known, isWhole) = await Paging.AllAsync(
            page => milestones.ListAsync(owner, repo, "all", null, null, page, MostPerPage, cancellationToken).ToPageAsync(),
            MostPagesOfMilestones
        );
        return known.Find(known => string.Equals(known.Title, milestone, StringComparison.OrdinalIgnoreCase)) is { } meant
            ? meant.Number.ToString(CultureInfo.InvariantCulture)
            : throw new McpException(
                isWhole
                    ? $"There is no milestone '{milestone}' in {owner}/{repo}: list_milestones lists those there are."
                    : $"The first {known.Count} milestones of {owner}/{repo}, of which there are more, do not have '{milestone}': give its number."
            );
    }

    private sealed record ListAnswer(ListRepository Repository);

    private sealed record ListRepository(Connection<IssueNode> Issues);

    private sealed record IssueNode(
        int Number,
        [property: CleanName] string Title,
        BodyText? Body = null,
        string? State = null,
        [property: Login] string? User = null,
        string? AuthorAssociation = null,
        [property: Names] IReadOnlyList<string>? Labels = null,
        [property: Names] IReadOnlyList<string>? Assignees = null,
        Count? Comments = null,
        DateTimeOffset? CreatedAt = null,
        DateTimeOffset? UpdatedAt = null,
        Connection<FieldValueNode>? IssueFieldValues = null
    )
    {
        public Issue ToIssue() =>
            new(
                Number,
                Title,
                Body: Body,
                State: State,
                User: User,
                AuthorAssociation: AuthorAssociation,
                Labels: Labels,
                Assignees: Assignees,
                Comments: Comments?.TotalCount,
                CreatedAt: CreatedAt,
                UpdatedAt: UpdatedAt,
                FieldValues: IssueFieldValues is { Nodes.Count: > 0 } values
                    ? values
                        .Nodes.Where(value => value is { Field: not null, Shown: not null })
                        .DistinctBy(value => value.Field)
                        .ToDictionary(value => value.Field!, value => value.Shown!.Value, StringComparer.Ordinal)
                    : null
            );
    }

    private sealed record Count(int TotalCount);

    private sealed record FieldValueNode(
        [property: Name] string? Field = null,
        JsonElement? Option = null,
        JsonElement? Text = null,
        JsonElement? Number = null,
        JsonElement? Date = null
    )
    {
        public JsonElement? Shown => Option ?? Text ?? Number ?? Date;
    }

    private sealed record LabelAnswer(LabelRepository? Repository = null);

    private sealed record LabelRepository(Label? Label = null);
}
