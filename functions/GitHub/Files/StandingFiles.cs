using GitHub.Text;
using ModelContextProtocol;

namespace GitHub.Files;

/// <summary>
/// Fits files that are pushed to what stands at their paths: executable bits and encodings stay, and no link, folder or file that they do not name is
/// taken away.
/// </summary>
internal sealed class StandingFiles(IFilesApi api)
{
    // What is larger comes with no content of its own, and is hardly text that somebody pushes.
    private const long LargestText = 1_000_000;

    /// <param name="head">The commit they stand at; null in an empty repository.</param>
    /// <exception cref="McpException">A path is that of something else than a file, or leads through it; a file is not what the caller has read.</exception>
    public async Task<List<EncodedFile>> FitAsync(
        string owner,
        string repo,
        string branch,
        string? head,
        IReadOnlyList<EncodedFile> files,
        CancellationToken cancellationToken
    )
    {
        var known = head is null ? [] : await ReadAsync(owner, repo, head, files, cancellationToken);
        foreach (var file in files)
        {
            Demand(file.Path, branch, known);
            DemandSha(file.File.Sha, known.GetValueOrDefault(file.Path), file.Path, branch);
        }

        return
        [
            .. await Task.WhenAll(files.Select(file => FitAsync(owner, repo, file, known.GetValueOrDefault(file.Path), cancellationToken))),
        ];
    }

    private async Task<EncodedFile> FitAsync(
        string owner,
        string repo,
        EncodedFile file,
        TreeEntry? existing,
        CancellationToken cancellationToken
    )
    {
        if (existing is null)
        {
            return file;
        }

        var fitted = file with { Mode = existing.Mode == GitMode.Executable ? GitMode.Executable : GitMode.File };
        if (existing.Size is not { } size || size > (file.File.Encoding is null ? LargestText : LargeFilePointer.Longest))
        {
            return fitted;
        }

        var blob = await api.GetBlobAsync(owner, repo, existing.Sha, cancellationToken);
        if (FileBytes.Decode(blob.Content) is not { } bytes)
        {
            return fitted;
        }

        LargeFilePointer.Demand(file.Path, bytes, file.Bytes);
        if (file.File.Encoding is not null || FileEncoding.Of(bytes) is not { } encoding)
        {
            return fitted;
        }

        return fitted with
        {
            Bytes = encoding.Write(file.Path, file.Text),
            KeepsEncoding = encoding != FileEncoding.Utf8,
            LosesLineEnds = LineEnds.AreLost(encoding.Read(bytes), file.Text),
        };
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end > 0; end = path.IndexOf('/', end + 1))
        {
            yield return path[..end];
        }
    }

    private static void Demand(string path, string branch, Dictionary<string, TreeEntry> known)
    {
        foreach (var folder in FoldersOf(path))
        {
            if (known.TryGetValue(folder, out var on) && on.Mode != GitMode.Folder)
            {
                throw new McpException(
                    on.Mode switch
                    {
                        GitMode.Link =>
                            $"files: '{path}' leads through {on.Path}, a symbolic link on {branch}: push the file under the folder that the link leads to.",
                        GitMode.Submodule =>
                            $"files: '{path}' is in {on.Path}, a submodule on {branch}: its files are in another repository.",
                        _ =>
                            $"files: '{path}' leads through {on.Path}, which is a file on {branch}: delete that first, or choose another path.",
                    }
                );
            }
        }

        switch (known.GetValueOrDefault(path)?.Mode)
        {
            case GitMode.Link:
                throw new McpException(
                    $"files: '{path}' is a symbolic link on {branch}: push the file it leads to, or change the link with "
                        + "create_or_update_file allow_symlink_write=true."
                );
            case GitMode.Submodule:
                throw new McpException($"files: '{path}' is a submodule on {branch}: its files are in another repository.");
            case GitMode.Folder:
                throw new McpException($"files: '{path}' is a folder on {branch}: give the path of a file.");
        }
    }

    private static void DemandSha(string? sha, TreeEntry? existing, string path, string branch)
    {
        if (sha is not null && existing?.Sha != sha)
        {
            throw existing is null
                ? new McpException($"files: there is no '{path}' on {branch}: leave its sha out to create it. Nothing was written.")
                : FileCommits.Changed(path, branch, existing.Sha, sha);
        }
    }

    /// <summary>What there is at the paths and on the way to them.</summary>
    private async Task<Dictionary<string, TreeEntry>> ReadAsync(
        string owner,
        string repo,
        string head,
        IReadOnlyList<EncodedFile> files,
        CancellationToken cancellationToken
    )
    {
        var known = new Dictionary<string, TreeEntry>(StringComparer.Ordinal);
        var all = await api.GetTreeAsync(owner, repo, head, "1", cancellationToken);
        if (!all.Truncated)
        {
            Add("", all);
            return known;
        }

        // A tree that GitHub cuts is read where the files are.
        Add("", await api.GetTreeAsync(owner, repo, head, null, cancellationToken));
        foreach (
            var folder in files.SelectMany(file => FoldersOf(file.Path)).Distinct(StringComparer.Ordinal).OrderBy(folder => folder.Length)
        )
        {
            if (known.GetValueOrDefault(folder)?.Mode == GitMode.Folder)
            {
                Add($"{folder}/", await api.GetTreeAsync(owner, repo, $"{head}:{folder}", null, cancellationToken));
            }
        }

        return known;

        void Add(string folder, GitTree tree)
        {
            foreach (var entry in tree.Tree)
            {
                known[$"{folder}{entry.Path}"] = entry with { Path = $"{folder}{entry.Path}" };
            }
        }
    }
}
