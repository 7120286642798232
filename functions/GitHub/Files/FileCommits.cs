using System.Net;
using System.Text;
using GitHub.Client;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace GitHub.Files;

/// <summary>Commits made with the git data API: trees, commits, references.</summary>
internal sealed class FileCommits(IFilesApi api)
{
    /// <summary>Longer files go in as blobs of their own.</summary>
    private const int LongestInline = 200_000;

    /// <summary>The bytes of a file a model sent.</summary>
    public static byte[] Encode(string path, string content, string? encoding)
    {
        if (encoding != "base64")
        {
            return Encoding.UTF8.GetBytes(content);
        }

        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content, bytes, out var length)
            ? bytes[..length]
            : throw new McpException($"The content of {path} is not base64: send it without a data: prefix, or as encoding utf-8.");
    }

    /// <summary>One commit on a branch, which must not have moved meanwhile.</summary>
    public async Task<Pushed> CommitAsync(string owner, string repo, string branch, IReadOnlyList<object> entries, string message, CancellationToken cancellationToken)
    {
        var head = await api.GetRefAsync(owner, repo, $"heads/{branch}", cancellationToken);
        return await CommitOnAsync(owner, repo, branch, head.Object.Sha, entries, message, cancellationToken);
    }

    public async Task<Pushed> PushAsync(string owner, string repo, string branch, IReadOnlyList<PushedFile> files, string message, CancellationToken cancellationToken)
    {
        // Checked before anything is written.
        var contents = files.Select(file => (Path: file.Path.Trim('/'), File: file, Bytes: Encode(file.Path, file.Content, file.Encoding))).ToList();
        var head = await HeadOfAsync(owner, repo, branch, cancellationToken);
        if (head is null)
        {
            var (path, _, bytes) = contents[0];
            var started = await api.PutAsync(owner, repo, path, new(message, Convert.ToBase64String(bytes), branch, null), cancellationToken);
            if (contents.Count == 1)
            {
                return new($"refs/heads/{branch}", started.Commit.Sha, started.Commit.HtmlUrl);
            }

            head = started.Commit.Sha;
            contents.RemoveAt(0);
        }

        var entries = new List<object>();
        foreach (var (path, file, bytes) in contents)
        {
            entries.Add(file.Encoding == "base64" || bytes.Length > LongestInline
                ? new NewTreeEntry(path, "100644", "blob", Sha: (await api.CreateBlobAsync(owner, repo, new(Convert.ToBase64String(bytes), "base64"), cancellationToken)).Sha)
                : new NewTreeEntry(path, "100644", "blob", Content: file.Content));
        }

        return await CommitOnAsync(owner, repo, branch, head, entries, message, cancellationToken);
    }

    public async Task<FileWritten> ReplaceLinkAsync(string owner, string repo, string branch, string path, string target, string message, CancellationToken cancellationToken)
    {
        var made = await CommitAsync(owner, repo, branch, [new NewTreeEntry(path, "120000", "blob", Content: target)], message, cancellationToken);
        return new(null, new(made.Sha, message, made.HtmlUrl));
    }

    /// <summary>Where the branch is; it is made if it is missing; null in an empty repository.</summary>
    private async Task<string?> HeadOfAsync(string owner, string repo, string branch, CancellationToken cancellationToken)
    {
        try
        {
            if (await api.GetRefAsync(owner, repo, $"heads/{branch}", cancellationToken).OrNullAsync() is { } known)
            {
                return known.Object.Sha;
            }

            var defaultBranch = (await api.GetRepositoryAsync(owner, repo, cancellationToken)).DefaultBranch ?? "main";
            var start = await api.GetRefAsync(owner, repo, $"heads/{defaultBranch}", cancellationToken);
            return (await api.CreateRefAsync(owner, repo, new($"refs/heads/{branch}", start.Object.Sha), cancellationToken)).Object.Sha;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.Conflict)
        {
            // "Git Repository is empty."
            return null;
        }
    }

    private async Task<Pushed> CommitOnAsync(string owner, string repo, string branch, string head, IReadOnlyList<object> entries, string message, CancellationToken cancellationToken)
    {
        var parent = await api.GetCommitAsync(owner, repo, head, cancellationToken);
        var tree = await api.CreateTreeAsync(owner, repo, new(parent.Tree.Sha, entries), cancellationToken);
        var commit = await api.CreateCommitAsync(owner, repo, new(message, tree.Sha, [head]), cancellationToken);
        var moved = await api.MoveRefAsync(owner, repo, $"heads/{branch}", new(commit.Sha, Force: false), cancellationToken);
        return new(moved.Ref, commit.Sha, commit.HtmlUrl);
    }
}
