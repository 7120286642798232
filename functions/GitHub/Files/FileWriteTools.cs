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
    /// <summary>Create a file, or replace one, in a commit of its own.</summary>
    /// <param name="content">The whole new content.</param>
    /// <param name="message">Commit message.</param>
    /// <param name="sha">The blob sha of the file that is replaced; required if it exists.</param>
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
        if (existing is { Type: "dir" })
        {
            throw new McpException($"path='{path}' is a folder on {branch}: give the path of a file.");
        }

        if (existing is null)
        {
            FilePath.CheckNew(trimmed);
        }
        else if (existing.Sha != sha)
        {
            throw new McpException(
                sha is null
                    ? $"{path} exists on {branch}: read it, then give sha={existing.Sha} to replace it."
                    : $"{path} has changed since: its sha on {branch} is {existing.Sha}, not {sha}. Read it again and apply your change to that."
            );
        }

        if (existing is not null && await LinkOfAsync(owner, repo, existing, cancellationToken) is { } target)
        {
            return allow_symlink_write
                ? await commits.ReplaceLinkAsync(owner, repo, branch, trimmed, content, message, cancellationToken)
                : throw new McpException(
                    $"symlink_write_requires_opt_in: {path} is a symbolic link to {FileLink.Resolve(trimmed, target) ?? target}: "
                        + "write that file, or set allow_symlink_write to change the link itself. Nothing was written."
                );
        }

        if (encoding is null && existing is not null && FileBytes.InlineOf(existing) is { } old)
        {
            bytes = Encode(path, content, FileEncoding.Of(old) ?? FileEncoding.Utf8);
        }

        return await api.PutAsync(owner, repo, trimmed, new(message, Convert.ToBase64String(bytes), branch, sha), cancellationToken)
            .OrSayWhatIsThereAsync(() => DescribeAsync(owner, repo, trimmed, branch, cancellationToken));
    }

    /// <summary>
    /// Change parts of a file in a commit of its own, without sending all of it. The response is the diff; the encoding, the line ends
    /// and everything else stay.
    /// </summary>
    /// <param name="edits">All are applied, or none.</param>
    /// <param name="message">Commit message.</param>
    /// <param name="sha">The blob sha the file had when it was read; if it has another one by now, nothing is written.</param>
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
            throw new McpException(
                $"{path} has changed since: its sha on {branch} is {existing.Sha}, not {sha}. Read it again and make the edits fit. Nothing was written."
            );
        }

        if (await LinkOfAsync(owner, repo, existing, cancellationToken) is { } target)
        {
            throw new McpException(
                $"{path} is a symbolic link to {FileLink.Resolve(trimmed, target) ?? target}: edit that file. Nothing was written."
            );
        }

        var bytes = await api.ReadBytesAsync(owner, repo, existing, branch, cancellationToken);
        var encoding = FileEncoding.Of(bytes) ?? throw new McpException($"{path} is not a text file. Nothing was written.");
        var before = encoding.Read(bytes);
        var after = FileEdits.Apply(path, before, edits);
        var written = await api.PutAsync(
                owner,
                repo,
                trimmed,
                new(message, Convert.ToBase64String(Encode(path, after, encoding)), branch, existing.Sha),
                cancellationToken
            )
            .OrSayWhatIsThereAsync(() => DescribeAsync(owner, repo, trimmed, branch, cancellationToken));
        return new(
            UnifiedDiff.Of(trimmed, before, after) ?? "Too much has changed to be shown line by line.",
            written.Content?.Sha,
            written.Commit.Sha,
            written.Commit.HtmlUrl
        );
    }

    /// <summary>Delete a file in a commit of its own.</summary>
    /// <param name="message">Commit message.</param>
    [McpServerTool(Name = "delete_file", Title = "Delete file", Destructive = true)]
    public async partial Task<Pushed> DeleteFileAsync(
        string owner,
        string repo,
        string path,
        string message,
        string branch,
        CancellationToken cancellationToken
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

        var mode = existing.Type switch
        {
            "symlink" => "120000",
            "submodule" => "160000",
            _ => "100644",
        };
        return await commits.CommitAsync(
            owner,
            repo,
            branch,
            new DeletedTreeEntry(trimmed, mode, existing.Type == "submodule" ? "commit" : "blob"),
            message,
            cancellationToken
        );
    }

    /// <summary>Commit many files at once. A missing branch is made from the default one; an empty repository is started.</summary>
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

    /// <summary>Where a symbolic link leads, whichever way GitHub shows it; null for a file.</summary>
    private async Task<string?> LinkOfAsync(string owner, string repo, FileEntry entry, CancellationToken cancellationToken) =>
        entry.Type == "symlink" ? entry.Target ?? "" : await api.TargetOfAsync(owner, repo, entry, cancellationToken);

    private static byte[] Encode(string path, string text, FileEncoding encoding)
    {
        try
        {
            return encoding.Write(text);
        }
        catch (EncoderFallbackException e)
        {
            var unknown = e.CharUnknown == '\0' ? $"{e.CharUnknownHigh}{e.CharUnknownLow}" : $"{e.CharUnknown}";
            throw new McpException(
                $"{path} is {encoding.Name}, which has no '{unknown}': leave that out, or rewrite the file as UTF-8 with "
                    + "create_or_update_file encoding=utf-8. Nothing was written."
            );
        }
    }

    private async Task<string?> DescribeAsync(string owner, string repo, string path, string branch, CancellationToken cancellationToken) =>
        await api.GetAsync(owner, repo, path, branch, cancellationToken).OrNullAsync() is { } now
            ? $"On {branch}, {path} has the sha {now.Sha} now: read it, apply your change to that, then give sha={now.Sha}."
            : $"There is no {path} on {branch} now: leave sha out to create it.";
}
