using System.Net;
using GitHub.Api;
using GitHub.Text;
using GitHub.Writes;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace GitHub.Files;

/// <summary>Commits made with the git data API: trees, commits, references.</summary>
internal sealed class FileCommits(IFilesApi api)
{
    private readonly StandingFiles standing = new(api);

    /// <summary>One commit on a branch, which must not have moved meanwhile.</summary>
    /// <param name="path">What the entry is about.</param>
    /// <param name="sha">What has to stand at the path; null: anything.</param>
    public async Task<Pushed> CommitAsync(
        string owner,
        string repo,
        string branch,
        string path,
        object entry,
        string? sha,
        string message,
        CancellationToken cancellationToken
    )
    {
        var head = (await api.GetRefAsync(owner, repo, $"heads/{branch}", cancellationToken)).Object.Sha;
        if (sha is not null && await api.FindAsync(owner, repo, head, path, cancellationToken) is { } standing && standing.Sha != sha)
        {
            throw Changed(path, branch, standing.Sha, sha);
        }

        var commit = new NewFileCommit(owner, repo, branch, message) { Head = head, Entries = [entry] };
        return await AddTo(new($"{owner}/{repo}"), commit, cancellationToken).RunAsync(() => Task.FromResult(commit.Pushed!));
    }

    /// <summary>A file is not what a caller has read.</summary>
    public static McpException Changed(string path, string branch, string now, string? sha) =>
        new(
            sha is null
                ? $"{path} exists on {branch}: read it, then give sha={now} to replace it. Nothing was written."
                : $"{path} has changed since: its sha on {branch} is {now}, not {sha}. Read it again and apply your change to that. Nothing was written."
        );

    public async Task<Pushed> PushAsync(
        string owner,
        string repo,
        string branch,
        IReadOnlyList<PushedFile> files,
        string message,
        CancellationToken cancellationToken
    )
    {
        // Checked before anything is written.
        var contents = EncodedFile.All(files);
        var (head, isNew) = await StartOfAsync(owner, repo, branch, cancellationToken);
        contents = await standing.FitAsync(owner, repo, branch, head, contents, cancellationToken);

        var commit = new NewFileCommit(owner, repo, branch, message) { Head = head, IsNewBranch = isNew };
        var (first, rest) = head is null ? (contents[0], contents[1..]) : (null, contents);
        var steps = new WriteSteps($"{owner}/{repo}").Add(
            first is not null,
            $"{branch} of the empty repository started with {contents[0].Path}",
            async () =>
            {
                var made = await api.PutAsync(
                    owner,
                    repo,
                    first!.Path,
                    new(message, Convert.ToBase64String(first.Bytes), branch, null),
                    cancellationToken
                );
                commit.Head = made.Commit.Sha;
                commit.Pushed = new($"refs/heads/{branch}", made.Commit.Sha, made.Commit.HtmlUrl);
            }
        );
        if (rest.Count > 0)
        {
            var blobs = rest.Where(file => file.IsBlob).ToList();
            commit.Entries.AddRange(
                rest.Where(file => !file.IsBlob).Select(file => new NewTreeEntry(file.Path, file.Mode, "blob", Content: file.Text))
            );
            steps.Add(
                blobs.Count > 0,
                $"{blobs.Count} large or binary file(s) uploaded",
                () => UploadAsync(commit, blobs, cancellationToken)
            );
            AddTo(steps, commit, cancellationToken);
        }

        var lost = contents.Where(file => file.LosesLineEnds).Select(file => file.Path).ToList();
        return await steps.RunAsync(() =>
            Task.FromResult(commit.Pushed! with { Note = lost.Count > 0 ? LineEnds.Lost(string.Join(", ", lost)) : null })
        );
    }

    /// <summary>
    /// One commit with new content for what stands at a path, which stays a link or executable: the contents API, which has no modes, would
    /// make an ordinary file of it.
    /// </summary>
    /// <param name="sha">The blob that is replaced.</param>
    public async Task<FileWritten> ReplaceAsync(
        string owner,
        string repo,
        string branch,
        string path,
        string mode,
        byte[] bytes,
        string sha,
        string message,
        CancellationToken cancellationToken
    )
    {
        var blob = await api.CreateBlobAsync(owner, repo, new(Convert.ToBase64String(bytes), "base64"), cancellationToken);
        var entry = new NewTreeEntry(path, mode, "blob", Sha: blob.Sha);
        var made = await CommitAsync(owner, repo, branch, path, entry, sha, message, cancellationToken);
        return new(new(path[(path.LastIndexOf('/') + 1)..], path, blob.Sha, bytes.Length), new(made.Sha, message, made.HtmlUrl));
    }

    /// <summary>Where a commit on a branch starts: at the branch, or at the default one if it is missing; nowhere in an empty repository.</summary>
    private async Task<(string? Head, bool IsNew)> StartOfAsync(
        string owner,
        string repo,
        string branch,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await api.GetRefAsync(owner, repo, $"heads/{branch}", cancellationToken).OrNullAsync() is { } known)
            {
                return (known.Object.Sha, false);
            }

            var defaultBranch = (await api.GetRepositoryAsync(owner, repo, cancellationToken)).DefaultBranch ?? "main";
            return ((await api.GetRefAsync(owner, repo, $"heads/{defaultBranch}", cancellationToken)).Object.Sha, true);
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.Conflict)
        {
            // "Git Repository is empty."
            return (null, false);
        }
    }

    private async Task UploadAsync(NewFileCommit commit, List<EncodedFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            var blob = await api.CreateBlobAsync(
                commit.Owner,
                commit.Repo,
                new(Convert.ToBase64String(file.Bytes), "base64"),
                cancellationToken
            );
            commit.Entries.Add(new NewTreeEntry(file.Path, file.Mode, "blob", Sha: blob.Sha));
        }
    }

    /// <summary>The commit is written first and put on its branch last, so that whatever fails in between changes nothing anyone sees.</summary>
    private WriteSteps AddTo(WriteSteps steps, NewFileCommit commit, CancellationToken cancellationToken)
    {
        var (owner, repo, branch, message) = commit;
        GitCommit? made = null;
        return steps
            .Add(
                true,
                "the commit written",
                async () =>
                {
                    var parent = await api.GetCommitAsync(owner, repo, commit.Head!, cancellationToken);
                    var tree = await api.CreateTreeAsync(owner, repo, new(parent.Tree.Sha, commit.Entries), cancellationToken);
                    made = await api.CreateCommitAsync(owner, repo, new(message, tree.Sha, [commit.Head!]), cancellationToken);
                }
            )
            .Add(
                true,
                $"branch {branch} {(commit.IsNewBranch ? "made at" : "moved to")} it",
                async () =>
                {
                    var reference = commit.IsNewBranch
                        ? await api.CreateRefAsync(owner, repo, new($"refs/heads/{branch}", made!.Sha), cancellationToken)
                        : await api.MoveRefAsync(owner, repo, $"heads/{branch}", new(made!.Sha, Force: false), cancellationToken)
                            .OrSayWhatIsThereAsync(() => DescribeAsync(commit, cancellationToken));
                    commit.Pushed = new(reference.Ref, made.Sha, made.HtmlUrl);
                }
            );
    }

    private async Task<string?> DescribeAsync(NewFileCommit commit, CancellationToken cancellationToken)
    {
        var now = (await api.GetRefAsync(commit.Owner, commit.Repo, $"heads/{commit.Branch}", cancellationToken)).Object.Sha;
        return now == commit.Head
            ? null
            : $"{commit.Branch} was at {commit.Head} and is at {now} now: look whether what changed there concerns these files, then make the same call again.";
    }
}
