using System.ComponentModel.DataAnnotations;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Issues;
using GitHub.Repositories;
using GitHub.Writes;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Labels;

/// <summary>A repository's labels.</summary>
internal sealed partial class LabelTools(ILabelsApi api, GraphQl graphQl)
{
    private const int MostPages = 10;

    /// <summary>ISSUE_COUNT is newer than the published schema, so it comes as a variable.</summary>
    public const string Labels = """
        query($owner: String!, $repo: String!, $after: String, $order: LabelOrder) {
          repository(owner: $owner, name: $repo) {
            labels(first: 100, after: $after, orderBy: $order) {
              total_count: totalCount
              page_info: pageInfo { has_next_page: hasNextPage end_cursor: endCursor }
              nodes { name color description }
            }
          }
        }
        """;

    /// <summary>All labels of a repository, most used first.</summary>
    [McpServerTool(Name = "list_label", Title = "List labels", ReadOnly = true)]
    public async partial Task<LabelList> ListLabelsAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        var labels = new List<Label>();
        Page<Label>? found = null;
        for (var page = 0; page < MostPages && found is not { HasMore: false }; page++)
        {
            var answer = await graphQl.QueryAsync<Answer>(
                GraphQlScope.Of(owner, repo),
                Labels,
                new
                {
                    owner,
                    repo,
                    after = found?.NextCursor,
                    order = new { field = "ISSUE_COUNT", direction = "DESC" },
                },
                cancellationToken
            );
            found = (
                answer.Repository?.Labels
                ?? throw new McpException($"There is no repository {owner}/{repo} that the gateway's token can see.")
            ).ToPage();
            labels.AddRange(found.Items);
        }

        return new(labels, found?.TotalCount ?? labels.Count);
    }

    /// <summary>Create, update or delete a label.</summary>
    /// <param name="color">Six hex digits without #; required for create.</param>
    /// <param name="new_name">With update: rename.</param>
    /// <param name="clear">Fields to empty, with update.</param>
    [McpServerTool(Name = "label_write", Title = "Create, change or delete a label", Destructive = true)]
    public async partial Task<object> WriteLabelAsync(
        [AllowedValues("create", "update", "delete")] string method,
        string owner,
        string repo,
        string name,
        [OnlyWith("create", "update")] string? color = null,
        [OnlyWith("create", "update")] string? description = null,
        [OnlyWith("update")] string? new_name = null,
        [OnlyWith("update"), Subset("description")] string[]? clear = null,
        CancellationToken cancellationToken = default
    )
    {
        var hex = color?.TrimStart('#');
        switch (method)
        {
            case "create":
                return await api.CreateAsync(
                    owner,
                    repo,
                    Given.Of(
                        ("name", name),
                        ("color", hex ?? throw new McpException("method='create' needs color, such as f29513.")),
                        ("description", description)
                    ),
                    cancellationToken
                );
            case "update":
                var edit = Given.Of(("new_name", new_name), ("color", hex), ("description", description));
                edit.Clear(clear, _ => "");

                return edit.Count > 0
                    ? await api.UpdateAsync(owner, repo, name, edit, cancellationToken)
                    : throw new McpException("Nothing to change: give at least one of new_name, color, description, clear.");
            default:
                await api.DeleteAsync(owner, repo, name, cancellationToken);
                return new Done($"Deleted the label {name}.");
        }
    }

    private sealed record Answer(AnswerRepository? Repository = null);

    private sealed record AnswerRepository(Connection<Label>? Labels = null);
}
