namespace Coda.Sharing;

/// <summary>What the token's user may do about sharing.</summary>
public sealed record SharingMetadata(bool CanShare, bool CanShareWithWorkspace = false, bool CanShareWithOrg = false, bool CanCopy = false);

/// <summary>Who may do what.</summary>
/// <param name="Access">readonly, write, comment or none.</param>
public sealed record AclEntry(string Id, Principal Principal, string? Access = null);

/// <summary>Whom a permission is for.</summary>
/// <param name="Type">email, group, domain, workspace, anyone or internalAccess.</param>
public sealed record Principal(
    string Type,
    string? Email = null,
    string? GroupId = null,
    string? GroupName = null,
    string? Domain = null,
    string? WorkspaceId = null,
    string? InternalAccessType = null
);

internal sealed record NewPermission(string Access, Principal Principal, bool? SuppressEmail);

/// <summary>People and groups found.</summary>
public sealed record FoundPrincipals(IReadOnlyList<FoundUser>? Users = null, IReadOnlyList<FoundGroup>? Groups = null);

/// <summary>A person.</summary>
public sealed record FoundUser(string Name, string? LoginId = null);

/// <summary>A group.</summary>
public sealed record FoundGroup(string? GroupId = null, string? GroupName = null);

/// <summary>A doc's sharing settings.</summary>
public sealed record AclSettings(
    bool? AllowEditorsToChangePermissions = null,
    bool? AllowCopying = null,
    bool? AllowViewersToRequestEditing = null
);
