using GitHub.Branches;
using GitHub.Repositories;
using McpGateway.Upstream;
using Refit;

namespace GitHub.Files;

/// <summary>https://docs.github.com/en/rest/repos/contents and https://docs.github.com/en/rest/git</summary>
internal interface IFilesApi
{
    /// <summary>A file, or a folder with its entries.</summary>
    [Get("/repos/{owner}/{repo}/contents/{**path}"), Headers("Accept: application/vnd.github.object+json")]
    Task<FileEntry> GetAsync(
        string owner,
        string repo,
        string path,
        [AliasAs("ref")] string? reference,
        CancellationToken cancellationToken
    );

    /// <summary>The root folder, whose path is empty.</summary>
    [Get("/repos/{owner}/{repo}/contents"), Headers("Accept: application/vnd.github.object+json")]
    Task<FileEntry> GetRootAsync(string owner, string repo, [AliasAs("ref")] string? reference, CancellationToken cancellationToken);

    /// <summary>
    /// A file's bytes as they come, however many (GitHub serves up to 100 MB). They have a media type of JSON and need not be any: read any other way,
    /// they would be mended like a response.
    /// </summary>
    [Get("/repos/{owner}/{repo}/contents/{**path}"), Headers("Accept: application/vnd.github.raw+json")]
    Task ReadRawAsync(
        string owner,
        string repo,
        string path,
        [AliasAs("ref")] string? reference,
        [Property(UpstreamApi.ReadBody)] BodyReader read,
        CancellationToken cancellationToken
    );

    [Put("/repos/{owner}/{repo}/contents/{**path}")]
    Task<FileWritten> PutAsync(string owner, string repo, string path, [Body] FileWrite write, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}")]
    Task<Repository> GetRepositoryAsync(string owner, string repo, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/git/ref/{**reference}")]
    Task<GitRef> GetRefAsync(string owner, string repo, string reference, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/git/refs")]
    Task<GitRef> CreateRefAsync(string owner, string repo, [Body] NewRef reference, CancellationToken cancellationToken);

    [Patch("/repos/{owner}/{repo}/git/refs/{**reference}")]
    Task<GitRef> MoveRefAsync(string owner, string repo, string reference, [Body] MovedRef target, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/git/commits/{sha}")]
    Task<GitCommit> GetCommitAsync(string owner, string repo, string sha, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/git/commits")]
    Task<GitCommit> CreateCommitAsync(string owner, string repo, [Body] NewCommit commit, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/git/trees/{tree_sha}")]
    Task<GitTree> GetTreeAsync(string owner, string repo, string tree_sha, string? recursive, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/git/trees")]
    Task<MadeObject> CreateTreeAsync(string owner, string repo, [Body] NewTree tree, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/git/blobs/{file_sha}")]
    Task<NewBlob> GetBlobAsync(string owner, string repo, string file_sha, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/git/blobs")]
    Task<MadeObject> CreateBlobAsync(string owner, string repo, [Body] NewBlob blob, CancellationToken cancellationToken);
}
