using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using GitHub.Actions;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Files;
using GitHub.Repositories;
using GitHub.Text;
using McpGateway.Tools.Schemas;
using Microsoft.AspNetCore.StaticFiles;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Releases;

/// <summary>The files of releases.</summary>
internal sealed partial class ReleaseAssetTools(IReleaseAssetsApi api, IUploadsApi uploads, IDownloadsApi downloads, IFilesApi files)
{
    private static readonly FileExtensionContentTypeProvider Types = new(new FileExtensionContentTypeProvider().Mappings)
    {
        Mappings = { [".zip"] = "application/zip" },
    };

    /// <summary>The files of a release, with their ids, sizes and download counts.</summary>
    [McpServerTool(Name = "list_release_assets", Title = "List release assets", ReadOnly = true)]
    public async partial Task<Page<ReleaseAsset>> ListAssetsAsync(
        string owner,
        string repo,
        long release_id,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.ListAsync(owner, repo, release_id, page, perPage, cancellationToken).ToPageAsync();

    /// <summary>A link to download a file of a release, in a private repository as well.</summary>
    [McpServerTool(Name = "get_release_asset", Title = "Get release asset", ReadOnly = true)]
    public async partial Task<Download> GetAssetAsync(string owner, string repo, long asset_id, CancellationToken cancellationToken) =>
        new(
            await downloads.GetReleaseAssetAsync(owner, repo, asset_id, cancellationToken),
            "The link needs no token; it works for some minutes."
        );

    /// <summary>Add a file to a release, or delete one: upload takes path of the repository, or content.</summary>
    /// <param name="name">With upload: what the file is called.</param>
    /// <param name="path">A file of the repository, at ref.</param>
    /// <param name="content">Instead of path: a text.</param>
    [McpServerTool(Name = "release_asset_write", Title = "Upload or delete a release asset", Destructive = true)]
    public async partial Task<object> WriteAssetAsync(
        [AllowedValues("upload", "delete")] string method,
        string owner,
        string repo,
        [OnlyWith("upload")] long? release_id = null,
        [OnlyWith("delete")] long? asset_id = null,
        [OnlyWith("upload")] string? name = null,
        [OnlyWith("upload")] string? label = null,
        [OnlyWith("upload")] string? path = null,
        [OnlyWith("upload"), WireName("ref")] string? reference = null,
        [OnlyWith("upload")] string? content = null,
        [OnlyWith("upload"), AllowedValues("utf-8", "base64")] string? encoding = null,
        CancellationToken cancellationToken = default
    )
    {
        if (method == "delete")
        {
            var id = asset_id ?? throw new McpException("method='delete' needs asset_id.");
            await api.DeleteAsync(owner, repo, id, cancellationToken);
            return new Done($"Deleted the asset {id}.");
        }

        var release = release_id ?? throw new McpException("method='upload' needs release_id.");
        if ((path is null) == (content is null))
        {
            throw new McpException("method='upload' needs either path, a file of the repository, or content.");
        }

        var called = name ?? path?.Split('/')[^1] ?? throw new McpException("method='upload' needs name with content.");
        using var file = new ByteArrayContent(
            path is null
                ? EncodedFile.Encode(called, content!, encoding)
                : await ReadAsync(owner, repo, FilePath.Of(path), reference, cancellationToken)
        );
        file.Headers.ContentType = new MediaTypeHeaderValue(
            Types.TryGetContentType(called, out var type) ? type : "application/octet-stream"
        );
        var uploaded = await uploads.UploadAsync(owner, repo, release, called, label, file, cancellationToken);
        return uploaded.Name == called
            ? uploaded
            : uploaded with
            {
                Note = $"GitHub keeps '{called}' as '{uploaded.Name}': it replaces blanks and signs in names of assets.",
            };
    }

    private async Task<byte[]> ReadAsync(string owner, string repo, string path, string? reference, CancellationToken cancellationToken)
    {
        var entry = await files.GetAsync(owner, repo, path, reference, cancellationToken);
        return entry.Type == "file"
            ? await files.ReadBytesAsync(owner, repo, entry, reference, cancellationToken)
            : throw new McpException($"{path} is a {entry.Type}, and only files can be uploaded.");
    }
}
