using Coda.Mutations;
using Coda.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Folders;

/// <summary>Tools for folders.</summary>
internal sealed partial class FolderTools(IFoldersApi folders)
{
    /// <summary>Lists folders. Workspace IDs come from coda_whoami, docs or folders.</summary>
    [McpServerTool(Name = "coda_list_folders", Title = "List folders", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public partial Task<CodaList<Folder>> ListFoldersAsync(
        string? workspaceId = null,
        bool? isStarred = null,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => folders.ListFoldersAsync(workspaceId, isStarred, limit, pageToken, cancellationToken);

    /// <summary>Gets a folder.</summary>
    [McpServerTool(Name = "coda_get_folder", Title = "Get a folder", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public partial Task<Folder> GetFolderAsync(string folderId, CancellationToken cancellationToken) =>
        folders.GetFolderAsync(folderId, cancellationToken);

    /// <summary>Creates a folder in a workspace.</summary>
    /// <param name="requestId">An ID of your own: a call repeated with it acts once.</param>
    [McpServerTool(
        Name = "coda_create_folder",
        Title = "Create a folder",
        Destructive = false,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<Folder> CreateFolderAsync(
        string name,
        string workspaceId,
        string? description = null,
        string? requestId = null,
        CancellationToken cancellationToken = default
    ) => folders.CreateFolderAsync(new(name, workspaceId, description), cancellationToken);

    /// <summary>Changes a folder's name or description.</summary>
    [McpServerTool(
        Name = "coda_update_folder",
        Title = "Update a folder",
        Destructive = false,
        Idempotent = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<Folder> UpdateFolderAsync(
        string folderId,
        string? name = null,
        [EmptyClears] string? description = null,
        CancellationToken cancellationToken = default
    ) =>
        name is null && description is null
            ? throw new McpException("Nothing to change: give name or description.")
            : folders.UpdateFolderAsync(folderId, new(name, description), cancellationToken);

    /// <summary>Deletes a folder, which must be empty.</summary>
    [McpServerTool(
        Name = "coda_delete_folder",
        Title = "Delete a folder",
        Destructive = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> DeleteFolderAsync(string folderId, CancellationToken cancellationToken)
    {
        await folders.DeleteFolderAsync(folderId, cancellationToken);
        return WriteResult.Done(folderId);
    }
}
