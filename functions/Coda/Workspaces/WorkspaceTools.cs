using System.ComponentModel.DataAnnotations;
using Coda.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Server;

namespace Coda.Workspaces;

/// <summary>Tools for admins of a workspace. Workspaces cannot be listed; their ids come from coda_whoami, docs and folders.</summary>
internal sealed partial class WorkspaceTools(IWorkspacesApi workspaces)
{
    /// <summary>Lists a workspace's members.</summary>
    /// <param name="workspaceId">From coda_whoami or a doc.</param>
    /// <param name="includedRoles">Default: all.</param>
    [McpServerTool(
        Name = "coda_list_workspace_members",
        Title = "List members",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<CodaList<WorkspaceMember>> ListWorkspaceMembersAsync(
        string workspaceId,
        [Subset("Admin", "DocMaker", "Editor")] string[]? includedRoles = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) =>
        workspaces.ListMembersAsync(
            workspaceId,
            includedRoles is { Length: > 0 } ? string.Join(',', includedRoles) : null,
            pageToken,
            cancellationToken
        );

    /// <summary>Changes a member's role. Only admins may.</summary>
    /// <param name="workspaceId">From coda_whoami or a doc.</param>
    [McpServerTool(
        Name = "coda_change_user_role",
        Title = "Change a role",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<RoleChange> ChangeUserRoleAsync(
        string workspaceId,
        string email,
        [AllowedValues("Admin", "DocMaker", "Editor")] string newRole,
        CancellationToken cancellationToken
    ) => workspaces.ChangeRoleAsync(workspaceId, new(email, newRole), cancellationToken);

    /// <summary>Lists how many members of each role were active, by month.</summary>
    /// <param name="workspaceId">From coda_whoami or a doc.</param>
    [McpServerTool(
        Name = "coda_list_workspace_role_activity",
        Title = "Role activity",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<CodaList<RoleActivity>> ListWorkspaceRoleActivityAsync(string workspaceId, CancellationToken cancellationToken) =>
        workspaces.ListRoleActivityAsync(workspaceId, cancellationToken);
}
