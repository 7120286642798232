using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Text;
using GitHub.Writes;
using McpGateway.Tools;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Schemas;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Files;

/// <summary>Files, and the commits that change them.</summary>
internal sealed partial class FileTools(IFilesApi api, FileCommits commits, IOptions<McpOptions> options)
{
    // What is said beside a file.
    private const int TokensOfFacts = 600;

    private const int MostSuggestions = 3;

    /// <summary>https://docs.github.com/en/rest/repos/contents#get-repository-content</summary>
    private const int MostEntries = 1000;

    /// <summary>A file's text, or a folder's entries. Long files come in parts: use startLine and endLine.</summary>
    /// <param name="reference">Branch, tag, refs/heads/x, refs/tags/x or refs/pull/n/head.</param>
    /// <param name="sha">A commit; wins over ref.</param>
    /// <param name="fields">Return only these of each entry of a folder.</param>
    /// <param name="startLine">First line wanted, from 1.</param>
    /// <param name="encoding">base64: the bytes of a small file that is not text.</param>
    [McpServerTool(Name = "get_file_contents", Title = "Get a file or folder", ReadOnly = true)]
    public async partial Task<CallToolResult> GetFileContentsAsync(
        string owner,
        string repo,
        string path = "/",
        [WireName("ref")] string? reference = null,
        string? sha = null,
        [Subset("type", "name", "path", "size", "sha", "url", "git_url", "html_url", "download_url")] string[]? fields = null,
        int? startLine = null,
        int? endLine = null,
        [AllowedValues("base64")] string? encoding = null,
        CancellationToken cancellationToken = default
    )
    {
        var (first, last) = (startLine ?? 1, endLine ?? int.MaxValue);
        if (first < 1 || last < first)
        {
            throw new McpException(
                first < 1
                    ? $"startLine={first} is not a line number: the first line is 1."
                    : $"endLine={last} is before the first line wanted ({first}): give endLine={first} or more, or leave it out."
            );
        }

        var (entry, foundAt, note) = await FindAsync(owner, repo, FilePath.Of(path), sha ?? reference, cancellationToken);
        var result = entry.Type switch
        {
            "dir" => await ShowFolderAsync(owner, repo, entry, foundAt, fields, cancellationToken),
            "symlink" => Says($"{entry.Path} is a symbolic link to {entry.Target}, which is not a file of this repository."),
            "submodule" => Says($"{entry.Path} is a submodule of {entry.SubmoduleGitUrl} at commit {entry.Sha}: read that repository."),
            _ when encoding == "base64" => FileText.ShowBytes(
                entry,
                await api.ReadBytesAsync(owner, repo, entry, foundAt, cancellationToken)
            ),
            _ when FileText.IsPicture(entry)
                    && await api.ReadBytesAsync(owner, repo, entry, foundAt, cancellationToken) is var bytes
                    && FileText.Read(bytes) is null => FileText.ShowPicture(entry, bytes),
            _ => FileText.Show(
                entry,
                await api.ReadLinesAsync(
                    owner,
                    repo,
                    entry,
                    foundAt,
                    first,
                    last,
                    options.Value.AnswerTokens - TokensOfFacts,
                    cancellationToken
                )
            ),
        };
        if (await api.TargetOfAsync(owner, repo, entry, cancellationToken) is { } target)
        {
            note =
                $"{note}{entry.Path} is a symbolic link to {FileLink.Resolve(entry.Path, target) ?? target}: this is that file's text, and the sha is the link's. To change the text, read and write that file.";
        }

        if (note is not null)
        {
            result.Content.Add(new TextContentBlock { Text = note });
        }

        return result;
    }

    /// <summary>Create a file, or replace one, in a commit of its own.</summary>
    /// <param name="content">The whole content, as it shall be.</param>
    /// <param name="message">Commit message.</param>
    /// <param name="sha">The blob sha of the file that is replaced; required if it exists.</param>
    /// <param name="allow_symlink_write">Change a symbolic link itself; content is its target.</param>
    /// <param name="encoding">base64 for binary content.</param>
    [McpServerTool(Name = "create_or_update_file", Title = "Create or update file")]
    public async partial Task<FileWritten> CreateOrUpdateFileAsync(
        string owner,
        string repo,
        string path,
        string content,
        string message,
        string branch,
        string? sha = null,
        bool allow_symlink_write = false,
        [AllowedValues("utf-8", "base64")] string? encoding = null,
        CancellationToken cancellationToken = default
    )
    {
        var trimmed = FilePath.Of(path);
        var bytes = FileCommits.Encode(path, content, encoding);
        var existing = await api.GetAsync(owner, repo, trimmed, branch, cancellationToken).OrNullAsync();
        if (existing is { Type: "dir" })
        {
            throw new McpException($"path='{path}' is a folder on {branch}: give the path of a file.");
        }

        if (existing is not null && existing.Sha != sha)
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
                    $"symlink_write_requires_opt_in: {path} is a symbolic link to {FileLink.Resolve(trimmed, target) ?? target}: write that file, or set allow_symlink_write to change the link itself. Nothing was written."
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
    /// Change parts of a file in a commit of its own, without sending all of it. The response is the diff; the encoding, the line ends and everything else stay.
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
            throw new McpException(
                $"{path} is {encoding.Name}, which has no '{(e.CharUnknown == '\0' ? $"{e.CharUnknownHigh}{e.CharUnknownLow}" : e.CharUnknown)}': leave that out, or rewrite the file as UTF-8 with create_or_update_file encoding=utf-8. Nothing was written."
            );
        }
    }

    private async Task<string?> DescribeAsync(string owner, string repo, string path, string branch, CancellationToken cancellationToken) =>
        await api.GetAsync(owner, repo, path, branch, cancellationToken).OrNullAsync() is { } now
            ? $"On {branch}, {path} has the sha {now.Sha} now: read it, apply your change to that, then give sha={now.Sha}."
            : $"There is no {path} on {branch} now: leave sha out to create it.";

    private async Task<(FileEntry Entry, string? Reference, string? Note)> FindAsync(
        string owner,
        string repo,
        string path,
        string? reference,
        CancellationToken cancellationToken
    )
    {
        if (await GetAsync(owner, repo, path, reference, cancellationToken).OrNullAsync() is { } found)
        {
            return (found, reference, null);
        }

        if (reference is "main" or "master" && await GetAsync(owner, repo, path, null, cancellationToken).OrNullAsync() is { } onDefault)
        {
            return (onDefault, null, $"There is no {reference} with this path; this is from the default branch.");
        }

        throw new McpException(await SuggestAsync(owner, repo, path, reference, cancellationToken));
    }

    private Task<FileEntry> GetAsync(string owner, string repo, string path, string? reference, CancellationToken cancellationToken) =>
        path.Length == 0
            ? api.GetRootAsync(owner, repo, reference, cancellationToken)
            : api.GetAsync(owner, repo, path, reference, cancellationToken);

    private async Task<string> SuggestAsync(string owner, string repo, string path, string? reference, CancellationToken cancellationToken)
    {
        var where = $"{owner}/{repo}{(reference is null ? "" : $" at {reference}")}";
        var tree = await api.GetTreeAsync(owner, repo, reference ?? "HEAD", "1", cancellationToken).OrNullAsync();
        if (tree is null)
        {
            return $"There is no {where}, or the gateway's token cannot see it: check owner, repo and ref.";
        }

        if (
            tree.Tree.FirstOrDefault(entry => entry.Type == "commit" && path.StartsWith($"{entry.Path}/", StringComparison.Ordinal)) is
            { } submodule
        )
        {
            return $"'{path}' is in {submodule.Path}, a submodule at commit {submodule.Sha}: .gitmodules says which repository that is; read it there.";
        }

        var similar = tree
            .Tree.Where(entry => entry.Path.EndsWith(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase))
            .Take(MostSuggestions)
            .Select(entry => entry.Path)
            .ToList();
        return $"There is no '{path}' in {where}. {(similar.Count > 0 ? $"Did you mean {string.Join(" or ", similar)}?" : "List the folder to see what there is.")}";
    }

    private async Task<CallToolResult> ShowFolderAsync(
        string owner,
        string repo,
        FileEntry folder,
        string? reference,
        string[]? fields,
        CancellationToken cancellationToken
    )
    {
        var all = folder.Entries ?? [];
        // The contents API cuts longer folders without a word; as a tree they come whole.
        var tree =
            all.Count >= MostEntries
                ? await api.GetTreeAsync(owner, repo, $"{reference ?? "HEAD"}:{folder.Path}", null, cancellationToken).OrNullAsync()
                : null;
        if (tree is not null)
        {
            all = [.. tree.Tree.Select(entry => EntryOf(entry, folder.Path))];
        }

        var entries = all.Select(entry =>
            (fields is { Length: > 0 } ? entry : entry with { Url = null, GitUrl = null, DownloadUrl = null, HtmlUrl = null }) with
            {
                Name = Sanitizer.CleanPlain(entry.Name),
                Path = Sanitizer.CleanPlain(entry.Path),
            }
        );
        var page = new Page<FileEntry>(
            [.. entries],
            HasMore: tree?.Truncated ?? all.Count >= MostEntries,
            TotalCount: tree is null ? null : all.Count
        );
        var text = FieldSelection.Apply(JsonSerializer.Serialize(page, GitHubJson.Options), fields);
        using var shown = JsonDocument.Parse(text);
        return new() { Content = [new TextContentBlock { Text = text }], StructuredContent = shown.RootElement.Clone() };
    }

    private static FileEntry EntryOf(TreeEntry entry, string folder) =>
        new(
            entry switch
            {
                { Type: "tree" } => "dir",
                { Type: "commit" } => "submodule",
                { Mode: "120000" } => "symlink",
                _ => "file",
            },
            entry.Path,
            folder.Length == 0 ? entry.Path : $"{folder}/{entry.Path}",
            entry.Sha,
            entry.Size ?? 0
        );

    private static CallToolResult Says(string text) => new() { Content = [new TextContentBlock { Text = text }] };
}
