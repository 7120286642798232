using System.Text.Json.Nodes;
using Refit;

namespace GitHub.Projects;

/// <summary>https://docs.github.com/en/rest/projects; <c>kind</c> is orgs or users.</summary>
internal interface IProjectsApi
{
    [Get("/users/{username}")]
    Task<ProjectOwner> GetOwnerAsync(string username, CancellationToken cancellationToken);

    [Get("/{kind}/{owner}/projectsV2")]
    Task<ApiResponse<List<Project>>> ListAsync(
        string kind,
        string owner,
        string? q,
        string? before,
        string? after,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/{kind}/{owner}/projectsV2/{project_number}")]
    Task<Project> GetAsync(string kind, string owner, int project_number, CancellationToken cancellationToken);

    [Get("/{kind}/{owner}/projectsV2/{project_number}/fields")]
    Task<ApiResponse<List<ProjectField>>> ListFieldsAsync(
        string kind,
        string owner,
        int project_number,
        string? before,
        string? after,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/{kind}/{owner}/projectsV2/{project_number}/fields/{field_id}")]
    Task<ProjectField> GetFieldAsync(string kind, string owner, int project_number, long field_id, CancellationToken cancellationToken);

    [Get("/{kind}/{owner}/projectsV2/{project_number}/items")]
    Task<ApiResponse<List<ProjectItem>>> ListItemsAsync(
        string kind,
        string owner,
        int project_number,
        string? q,
        string? fields,
        string? before,
        string? after,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/{kind}/{owner}/projectsV2/{project_number}/items/{item_id}")]
    Task<ProjectItem> GetItemAsync(
        string kind,
        string owner,
        int project_number,
        long item_id,
        string? fields,
        CancellationToken cancellationToken
    );

    [Post("/{kind}/{owner}/projectsV2/{project_number}/items")]
    Task<ProjectItem> AddItemAsync(
        string kind,
        string owner,
        int project_number,
        [Body] NewProjectItem item,
        CancellationToken cancellationToken
    );

    [Patch("/{kind}/{owner}/projectsV2/{project_number}/items/{item_id}")]
    Task<ProjectItem> UpdateItemAsync(
        string kind,
        string owner,
        int project_number,
        long item_id,
        [Body] JsonObject edit,
        CancellationToken cancellationToken
    );

    [Delete("/{kind}/{owner}/projectsV2/{project_number}/items/{item_id}")]
    Task DeleteItemAsync(string kind, string owner, int project_number, long item_id, CancellationToken cancellationToken);
}

internal sealed record ProjectOwner(string Type, string NodeId);

internal sealed record NewProjectItem(string Type, string Owner, string Repo, int Number);
