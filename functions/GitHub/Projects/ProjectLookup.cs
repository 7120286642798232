using System.Globalization;
using GitHub.Api;
using ModelContextProtocol;

namespace GitHub.Projects;

/// <summary>Finds owners, projects and fields by what callers call them.</summary>
internal sealed class ProjectLookup(IProjectsApi api, GraphQl graphQl)
{
    /// <summary>"orgs" or "users", asked of GitHub when the caller does not say.</summary>
    public async Task<string> KindAsync(string owner, string? ownerType, CancellationToken cancellationToken) =>
        ownerType switch
        {
            "org" => "orgs",
            "user" => "users",
            _ => (await api.GetOwnerAsync(owner, cancellationToken)).Type == "Organization" ? "orgs" : "users",
        };

    /// <summary>The project's node id.</summary>
    public async Task<string> IdAsync(string kind, string owner, int number, CancellationToken cancellationToken) =>
        (await api.GetAsync(kind, owner, number, cancellationToken)).NodeId
        ?? throw new McpException($"The project {number} of {owner} has no node id.");

    /// <summary>Field ids as the items endpoints take them; null for the titles alone.</summary>
    public async Task<string?> FieldIdsAsync(
        string kind,
        string owner,
        int number,
        string[]? ids,
        string[]? names,
        CancellationToken cancellationToken
    )
    {
        if (ids is { Length: > 0 } && names is { Length: > 0 })
        {
            throw new McpException("fields and field_names exclude each other: give one of them.");
        }

        if (names is not { Length: > 0 })
        {
            return ids is { Length: > 0 } ? string.Join(',', ids) : null;
        }

        var fields = await FieldsAsync(kind, owner, number, cancellationToken);
        return string.Join(',', names.Select(name => Find(fields, name).Id.ToString(CultureInfo.InvariantCulture)));
    }

    public async Task<IReadOnlyList<ProjectField>> FieldsAsync(
        string kind,
        string owner,
        int number,
        CancellationToken cancellationToken
    ) => (await api.ListFieldsAsync(kind, owner, number, null, null, 100, cancellationToken).ToPageAsync()).Items;

    /// <summary>An item's id from any of the ways to name one; it has to be in the project.</summary>
    public async Task<long> ItemIdAsync(string owner, string projectId, ProjectItemReference item, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case { ItemId: { } id, NodeId: null, Number: null }:
                return id;
            case { NodeId: { } node, ItemId: null, Number: null }:
                var found = (
                    await graphQl.QueryAsync<NodeAnswer>(
                        GraphQlScope.AllOf(owner),
                        ProjectDocuments.Item,
                        new { id = node },
                        cancellationToken
                    )
                ).Node;
                return found?.Project?.Id == projectId
                    ? found.Id
                    : throw new McpException($"node_id='{node}' is not an item of this project.");
            case { ItemOwner: { } itemOwner, ItemRepo: { } repo, Number: { } number, ItemId: null, NodeId: null }:
                return await ItemOfNumberAsync(itemOwner, repo, number, projectId, cancellationToken);
            default:
                throw new McpException(
                    "Name an item in exactly one way: node_id, item_id, or item_owner with item_repo and issue_number or pull_request_number."
                );
        }
    }

    private async Task<long> ItemOfNumberAsync(string owner, string repo, int number, string projectId, CancellationToken cancellationToken)
    {
        var answer = await graphQl.QueryAsync<ContentAnswer>(
            GraphQlScope.Of(owner, repo),
            ProjectDocuments.ItemsOfNumber,
            new
            {
                owner,
                repo,
                number,
            },
            cancellationToken
        );
        var items =
            answer.Repository?.Content?.Items
            ?? throw new McpException($"There is no issue or pull request {owner}/{repo}#{number} that the gateway's token can see.");
        return items.Nodes.FirstOrDefault(candidate => candidate.Project?.Id == projectId)?.Id
            ?? throw new McpException(
                items.PageInfo?.HasNextPage == true
                    ? $"{owner}/{repo}#{number} is in more than 100 projects, of which this one is not among the first: give item_id."
                    : $"{owner}/{repo}#{number} is not in this project: add it with add_project_item."
            );
    }

    /// <summary>The field of a name: names may differ in nothing but their case.</summary>
    public static ProjectField Find(IReadOnlyList<ProjectField> fields, string name) =>
        fields.FirstOrDefault(field => field.Name == name)
        ?? fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new McpException($"The project has no field '{name}'. It has: {string.Join(", ", fields.Select(field => field.Name))}.");

    private sealed record NodeAnswer(ItemNode? Node = null);

    private sealed record ItemNode(long Id = 0, ItemProject? Project = null);

    private sealed record ItemProject(string Id);

    private sealed record ContentAnswer(ContentRepository? Repository = null);

    private sealed record ContentRepository(ContentItems? Content = null);

    private sealed record ContentItems(Connection<ItemNode>? Items = null);
}
