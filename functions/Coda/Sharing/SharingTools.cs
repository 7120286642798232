using System.ComponentModel.DataAnnotations;
using Coda.Docs;
using Coda.Mutations;
using Coda.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Sharing;

/// <summary>Tools for who may see and edit a doc.</summary>
internal sealed partial class SharingTools(ISharingApi sharing, DocResolver docs)
{
    /// <summary>Shows whether the token's user may share or copy a doc.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(
        Name = "coda_get_sharing_metadata",
        Title = "May I share",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<SharingMetadata> GetSharingMetadataAsync(string docId, CancellationToken cancellationToken) =>
        await sharing.GetMetadataAsync(await docs.ResolveAsync(docId, cancellationToken), cancellationToken);

    /// <summary>Lists who may see or edit a doc.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(
        Name = "coda_list_permissions",
        Title = "List permissions",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<CodaList<AclEntry>> ListPermissionsAsync(
        string docId,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => await sharing.ListPermissionsAsync(await docs.ResolveAsync(docId, cancellationToken), limit, pageToken, cancellationToken);

    /// <summary>Lets somebody see or edit a doc. To change somebody's access, add it again.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="principal">type email with email, group with groupId, domain with domain, workspace with workspaceId, or anyone.</param>
    /// <param name="suppressEmail">Send no invitation.</param>
    [McpServerTool(Name = "coda_add_permission", Title = "Share a doc", Destructive = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<WriteResult> AddPermissionAsync(
        string docId,
        [AllowedValues("readonly", "comment", "write")] string access,
        Principal principal,
        bool? suppressEmail = null,
        CancellationToken cancellationToken = default
    )
    {
        principal = principal with { Type = principal.Type.Trim().ToLowerInvariant() };
        var isComplete = principal switch
        {
            { Type: "email", Email.Length: > 0 } or { Type: "group", GroupId.Length: > 0 } or { Type: "domain", Domain.Length: > 0 } =>
                true,
            { Type: "workspace", WorkspaceId.Length: > 0 } or { Type: "anyone" } => true,
            _ => false,
        };
        if (!isComplete)
        {
            throw new McpException(
                $"principal of type '{principal.Type}' is not complete: use email with email, group with groupId, domain with "
                    + "domain, workspace with workspaceId, or anyone."
            );
        }

        if (OtherOf(principal) is { } other)
        {
            throw new McpException(
                $"principal is of type {principal.Type} and has {other} as well, which is somebody else: give one of them. Nothing was shared."
            );
        }

        await sharing.AddPermissionAsync(
            await docs.ResolveAsync(docId, cancellationToken),
            new(access, principal, suppressEmail),
            cancellationToken
        );
        return WriteResult.Done();
    }

    /// <summary>Who else is named beside the one that the type says.</summary>
    private static string? OtherOf(Principal principal) =>
        new[]
        {
            ("email", "email", principal.Email),
            ("group", "groupId", principal.GroupId),
            ("domain", "domain", principal.Domain),
            ("workspace", "workspaceId", principal.WorkspaceId),
        }
            .Where(named => named is var (type, _, value) && type != principal.Type && !string.IsNullOrEmpty(value))
            .Select(named => named.Item2)
            .FirstOrDefault();

    /// <summary>Removes somebody's permission.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="permissionId">From coda_list_permissions.</param>
    [McpServerTool(
        Name = "coda_delete_permission",
        Title = "Stop sharing",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> DeletePermissionAsync(string docId, string permissionId, CancellationToken cancellationToken)
    {
        await sharing.DeletePermissionAsync(await docs.ResolveAsync(docId, cancellationToken), permissionId, cancellationToken);
        return WriteResult.Done(permissionId);
    }

    /// <summary>Finds people and groups a doc could be shared with, at most 20 of each.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="query">Name or email.</param>
    [McpServerTool(Name = "coda_search_principals", Title = "Find people", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<FoundPrincipals> SearchPrincipalsAsync(string docId, string query, CancellationToken cancellationToken) =>
        await sharing.SearchPrincipalsAsync(await docs.ResolveAsync(docId, cancellationToken), query, cancellationToken);

    /// <summary>Gets a doc's sharing settings.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(
        Name = "coda_get_acl_settings",
        Title = "Sharing settings",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<AclSettings> GetAclSettingsAsync(string docId, CancellationToken cancellationToken) =>
        await sharing.GetSettingsAsync(await docs.ResolveAsync(docId, cancellationToken), cancellationToken);

    /// <summary>Changes a doc's sharing settings.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(
        Name = "coda_update_acl_settings",
        Title = "Change sharing settings",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<AclSettings> UpdateAclSettingsAsync(
        string docId,
        bool? allowEditorsToChangePermissions = null,
        bool? allowCopying = null,
        bool? allowViewersToRequestEditing = null,
        CancellationToken cancellationToken = default
    )
    {
        var settings = new AclSettings(allowEditorsToChangePermissions, allowCopying, allowViewersToRequestEditing);
        if (settings == new AclSettings())
        {
            throw new McpException(
                "Nothing to change: give allowEditorsToChangePermissions, allowCopying or allowViewersToRequestEditing."
            );
        }

        return await sharing.UpdateSettingsAsync(await docs.ResolveAsync(docId, cancellationToken), settings, cancellationToken);
    }
}
