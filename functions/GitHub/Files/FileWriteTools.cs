using System.ComponentModel.DataAnnotations;
using System.Text;
using GitHub.Api;
using GitHub.Text;
using GitHub.Writes;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Files;

/// <summary>Changing files, each time in a commit.</summary>
internal sealed partial class FileWriteTools(IFilesApi api, FileCommits commits)
{
    // The encoding of a larger file is not looked at: no caller sends one.
    private const long LargestKept = 20_000_000;

    /// <summary>Create a file, or replace one, in a commit of its own.</summary>
    /// <param name="content">The whole new content.</param>
    /// <param name="message">Commit message.</param>
    /// <param name="sha">The blob sha of the file to replace; required if it exists.</param>
    /// <param name="allow_symlink_write">Change a symbolic link itself; content is its target.</param>
    /// <param name="encoding">base64 for binary content.</param>
    [McpServerTool(Name = "create_or_update_file", Title = "Create or update file")]
    public async partial Task<FileWritten> CreateOrUpdateFileAsync(
        string owner,
        string repo,
        string path,
        [EmptyClears] string content,
        string message,
        string branch,
        string? sha = null,
        bool allow_symlink_write = false,
        [AllowedValues("utf-8", "base64")] string? encoding = null,
        CancellationToken cancellationToken = default
    )
    {
        var trimmed = FilePath.Of(path);
        var bytes = EncodedFile.Encode(path, content, encoding);
        var existing = await api.GetAsync(owner, repo, trimmed, branch, cancellationToken).OrNullAsync();
        if (existing is { Type: "dir" or "submodule" })
        {
            throw new McpException(
                existing.Type == "dir"
                    ? $"path='{path}' is a folder on {branch}: give the path of a file."
                    : $"path='{path}' is a submodule on {branch}: its files are in {existing.SubmoduleGitUrl}. Nothing was written."
            );
        }

        if (existing is null)
        {
            FilePath.CheckNew(trimmed);
        }
        else if (existing.Sha != sha)
        {
            throw FileCommits.Changed(path, branch, existing.Sha, sha);
        }

        if (existing is null)
        {
            await DemandFolderAsync(owner, repo, trimmed, branch, cancellationToken);
        }
        else if (await LinkOfAsync(owner, repo, existing, branch, cancellationToken) is { } target)
        {
            return allow_symlink_write
                ? await commits.ReplaceAsync(
                    owner,
                    repo,
                    branch,
                    trimmed,
                    GitMode.Link,
                    // A line end would be a part of the name that it leads to.
                    Encoding.UTF8.GetBytes(content.TrimEnd('\r', '\n')),
                    existing.Sha,
                    message,
                    cancellationToken
                )
                : throw new McpException(
                    $"symlink_write_requires_opt_in: {path} is a symbolic link to {FileLink.Resolve(trimmed, target) ?? target}: "
                        + "write that file, or set allow_symlink_write to change the link itself. Nothing was written."
                );
        }

        string? note = null;
        if (existing is { Type: "file", Size: <= LargestKept })
        {
            var old = await api.ReadBytesAsync(owner, repo, existing, branch, cancellationToken);
            LargeFilePointer.Demand(path, old, bytes);
            if (encoding is null && FileEncoding.Of(old) is { } kept)
            {
                bytes = kept.Write(path, content);
                note = LineEnds.AreLost(kept.Read(old), content) ? LineEnds.Lost(path) : null;
            }
        }

        var written = await PutAsync(owner, repo, branch, trimmed, bytes, sha, message, cancellationToken);
        return written with { Note = note };
    }

    /// <summary>
    /// Change parts of a file in a commit of its own, without sending all of it. The response is the diff; the encoding, the line ends
    /// and everything else stay.
    /// </summary>
    /// <param name="edits">All are applied, or none.</param>
    /// <param name="message">Commit message.</param>
    /// <param name="sha">The blob sha the file had when it was read; if it has changed since, nothing is written.</param>
    [TextMembers("diff")]
    [McpServerTool(Name = "edit_file", Title = "Edit file")]
    public async partial Task<FileEdited> EditFileAsync(
        string owner,
        string repo,
        string path,
        FileEdit[] edits,
        string message,
        string branch,
        string? sha = null,
        CancellationToken cancellationToken = default
    )
    {
        var trimmed = FilePath.Of(path);
        if (edits.Length == 0)
        {
            throw new McpException("edits is empty: give at least one edit.");
        }

        var existing = await api.GetAsync(owner, repo, trimmed, branch, cancellationToken).OrNullAsync();
        if (existing is not { Type: "file" })
        {
            throw new McpException(
                existing is null
                    ? $"There is no {path} on {branch}: create it with create_or_update_file."
                    : $"{path} on {branch} is a {existing.Type}, and only files can be edited."
            );
        }

        if (sha is not null && existing.Sha != sha)
        {
            throw FileCommits.Changed(path, branch, existing.Sha, sha);
        }

        if (await LinkOfAsync(owner, repo, existing, branch, cancellationToken) is { } target)
        {
            throw new McpException(
                $"{path} is a symbolic link to {FileLink.Resolve(trimmed, target) ?? target}: edit that file. Nothing was written."
            );
        }

        var bytes = await api.ReadBytesAsync(owner, repo, existing, branch, cancellationToken);
        LargeFilePointer.Demand(path, bytes, []);
        var encoding = FileEncoding.Of(bytes) ?? throw new McpException($"{path} is not a text file. Nothing was written.");
        var before = encoding.Read(bytes);
        var after = FileEdits.Apply(path, before, edits);
        var written = await PutAsync(owner, repo, branch, trimmed, encoding.Write(path, after), existing.Sha, message, cancellationToken);
        return new(
            UnifiedDiff.Of(trimmed, before, after) ?? "Too much has changed to be shown line by line.",
            written.Content?.Sha,
            written.Commit.Sha,
            written.Commit.HtmlUrl
        );
    }

    /// <summary>Delete a file in a commit of its own.</summary>
    /// <param name="message">Commit message.</param>
    /// <param name="sha">The blob sha the file had when it was read; if it has changed since, nothing is deleted.</param>
    [McpServerTool(Name = "delete_file", Title = "Delete file", Destructive = true)]
    public async partial Task<Pushed> DeleteFileAsync(
        string owner,
        string repo,
        string path,
        string message,
        string branch,
        string? sha = null,
        CancellationToken cancellationToken = default
    )
    {
        var trimmed = FilePath.Of(path);
        var existing = await api.GetAsync(owner, repo, trimmed, branch, cancellationToken).OrNullAsync();
        if (existing is null or { Type: "dir" })
        {
            throw new McpException(
                existing is null
                    ? $"There is no {path} on {branch}: nothing was deleted."
                    : $"path='{path}' is a folder on {branch}: delete its files one by one."
            );
        }

        if (sha is not null && existing.Sha != sha)
        {
            throw FileCommits.Changed(path, branch, existing.Sha, sha);
        }

        var mode = existing.Type switch
        {
            "symlink" => GitMode.Link,
            "submodule" => GitMode.Submodule,
            _ => GitMode.File,
        };
        return await commits.CommitAsync(
            owner,
            repo,
            branch,
            trimmed,
            new DeletedTreeEntry(trimmed, mode, existing.Type == "submodule" ? "commit" : "blob"),
            sha,
            message,
            cancellationToken
        );
    }

    /// <summary>Commit many files at once. A missing branch is created from the default one; an empty repository gets its first commit.</summary>
    /// <param name="message">Commit message.</param>
    [McpServerTool(Name = "push_files", Title = "Push files")]
    public async partial Task<Pushed> PushFilesAsync(
        string owner,
        string repo,
        string branch,
        PushedFile[] files,
        string message,
        CancellationToken cancellationToken
    )
    {
        if (files.Length == 0)
        {
            throw new McpException("files is empty: give at least one file.");
        }

        foreach (var file in files)
        {
            FilePath.CheckNew(file.Path);
        }

        return await commits.PushAsync(owner, repo, branch, files, message, cancellationToken);
    }

    /// <summary>Writes a file; one that is executable stays so.</summary>
    /// <param name="sha">The blob that is replaced; null for a new file.</param>
    private async Task<FileWritten> PutAsync(
        string owner,
        string repo,
        string branch,
        string path,
        byte[] bytes,
        string? sha,
        string message,
        CancellationToken cancellationToken
    ) =>
        sha is not null && await api.FindAsync(owner, repo, branch, path, cancellationToken) is { Mode: GitMode.Executable }
            ? await commits.ReplaceAsync(owner, repo, branch, path, GitMode.Executable, bytes, sha, message, cancellationToken)
            : await api.PutAsync(owner, repo, path, new(message, Convert.ToBase64String(bytes), branch, sha), cancellationToken)
                .OrSayWhatIsThereAsync(() => DescribeAsync(owner, repo, path, branch, cancellationToken));

    /// <summary>Where a symbolic link leads, whichever way GitHub shows it; null for a file.</summary>
    private async Task<string?> LinkOfAsync(
        string owner,
        string repo,
        FileEntry entry,
        string branch,
        CancellationToken cancellationToken
    ) => entry.Type == "symlink" ? entry.Target ?? "" : await api.TargetOfAsync(owner, repo, entry, branch, cancellationToken);

    /// <summary>A file can be made in a folder, or in one that is made with it; a link or file on the way would have to make way.</summary>
    private async Task DemandFolderAsync(string owner, string repo, string path, string branch, CancellationToken cancellationToken)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            var folder = path[..end];
            if (await api.GetAsync(owner, repo, folder, branch, cancellationToken).OrNullAsync() is { } on)
            {
                if (on.Type != "dir")
                {
                    throw new McpException(
                        $"path='{path}' leads through {folder}, which is a {(on.Type == "symlink" ? "symbolic link" : on.Type)} on {branch}: choose another "
                            + "path. Nothing was written."
                    );
                }

                return;
            }
        }
    }

    private async Task<string?> DescribeAsync(string owner, string repo, string path, string branch, CancellationToken cancellationToken) =>
        await api.GetAsync(owner, repo, path, branch, cancellationToken).OrNullAsync() is { } now
            ? $"On {branch}, {path} has the sha {now.Sha} now: read it, apply your change to that, then give sha={now.Sha}."
            : $"There is no {path} on {branch} now: leave sha out to create it.";
}
