using Coda.Upstream;
using Refit;

namespace Coda.Workspaces;

/// <summary>https://coda.io/developers/apis/v1#tag/Workspaces</summary>
internal interface IWorkspacesApi
{
    [Get("/workspaces/{workspaceId}/users")]
    Task<CodaList<WorkspaceMember>> ListMembersAsync(
        string workspaceId,
        [Query] string? includedRoles,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Post("/workspaces/{workspaceId}/users/role")]
    Task<RoleChange> ChangeRoleAsync(string workspaceId, [Body] NewRole role, CancellationToken cancellationToken);

    [Get("/workspaces/{workspaceId}/roles")]
    Task<CodaList<RoleActivity>> ListRoleActivityAsync(string workspaceId, CancellationToken cancellationToken);
}

/// <summary>A member of a workspace.</summary>
/// <param name="Role">Admin, DocMaker or Editor.</param>
public sealed record WorkspaceMember(
    string Email,
    string? Name = null,
    string? Role = null,
    string? RegisteredAt = null,
    string? LastActiveAt = null,
    int? OwnedDocs = null
);

/// <summary>When the role changed.</summary>
public sealed record RoleChange(string RoleChangedAt);

/// <summary>How many of each role were active in a month.</summary>
public sealed record RoleActivity(
    string Month,
    int ActiveAdminCount,
    int ActiveDocMakerCount,
    int ActiveEditorCount,
    int InactiveAdminCount,
    int InactiveDocMakerCount,
    int InactiveEditorCount
);

internal sealed record NewRole(string Email, [property: System.Text.Json.Serialization.JsonPropertyName("newRole")] string Role);
