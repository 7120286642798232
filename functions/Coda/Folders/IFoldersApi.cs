using Coda.Upstream;
using Refit;

namespace Coda.Folders;

/// <summary>https://coda.io/developers/apis/v1#tag/Folders</summary>
internal interface IFoldersApi
{
    [Get("/folders")]
    Task<CodaList<Folder>> ListFoldersAsync(
        [Query] string? workspaceId,
        [Query] bool? isStarred,
        [Query] int? limit,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Get("/folders/{folderId}")]
    Task<Folder> GetFolderAsync(string folderId, CancellationToken cancellationToken);

    [Post("/folders")]
    Task<Folder> CreateFolderAsync([Body] NewFolder folder, CancellationToken cancellationToken);

    [Patch("/folders/{folderId}")]
    Task<Folder> UpdateFolderAsync(string folderId, [Body] FolderUpdate update, CancellationToken cancellationToken);

    [Delete("/folders/{folderId}")]
    Task DeleteFolderAsync(string folderId, CancellationToken cancellationToken);
}

/// <summary>A folder.</summary>
/// <param name="CanEdit">False for a personal one, such as My docs.</param>
public sealed record Folder(
    string Id,
    string Name,
    string? BrowserLink = null,
    string? Description = null,
    Reference? Workspace = null,
    string? CreatedAt = null,
    bool? CanEdit = null
);

internal sealed record NewFolder(string Name, string WorkspaceId, string? Description);

internal sealed record FolderUpdate(string? Name, string? Description);
