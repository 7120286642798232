using Coda.Docs;
using Coda.Upstream;
using Refit;

namespace Coda.Sharing;

/// <summary>https://coda.io/developers/apis/v1#tag/Permissions</summary>
internal interface ISharingApi
{
    [Get("/docs/{doc}/acl/metadata")]
    Task<SharingMetadata> GetMetadataAsync(DocId doc, CancellationToken cancellationToken);

    [Get("/docs/{doc}/acl/permissions")]
    Task<CodaList<AclEntry>> ListPermissionsAsync(
        DocId doc,
        [Query] int? limit,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Post("/docs/{doc}/acl/permissions")]
    Task AddPermissionAsync(DocId doc, [Body] NewPermission permission, CancellationToken cancellationToken);

    [Delete("/docs/{doc}/acl/permissions/{permissionId}")]
    Task DeletePermissionAsync(DocId doc, string permissionId, CancellationToken cancellationToken);

    [Get("/docs/{doc}/acl/principals/search")]
    Task<FoundPrincipals> SearchPrincipalsAsync(DocId doc, [Query] string query, CancellationToken cancellationToken);

    [Get("/docs/{doc}/acl/settings")]
    Task<AclSettings> GetSettingsAsync(DocId doc, CancellationToken cancellationToken);

    [Patch("/docs/{doc}/acl/settings")]
    Task<AclSettings> UpdateSettingsAsync(DocId doc, [Body] AclSettings settings, CancellationToken cancellationToken);
}
