using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using System.Text.RegularExpressions;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Text;
using McpGateway.Authentication;
using McpGateway.Tools;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Schemas;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Files;

/// <summary>Reading files and folders.</summary>
internal sealed partial class FileTools(IFilesApi api, LongAnswers answers, IOptions<McpOptions> options)
{
    private const string ReadName = "get_file_contents";

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
    [McpServerTool(Name = ReadName, Title = "Get a file or folder", ReadOnly = true)]
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
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default
    )
    {
        var (first, last) = LineRange.Of(startLine, endLine);

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
            _ => await ShowTextAsync(
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
                ),
                user,
                cancellationToken
            ),
        };
        if (await api.TargetOfAsync(owner, repo, entry, foundAt, cancellationToken) is { } target)
        {
            note =
                $"{note}{entry.Path} is a symbolic link to {FileLink.Resolve(entry.Path, target) ?? target}: this is that file's "
                + "text, and the sha is the link's. To change the text, read and write that file.";
        }

        if (note is not null)
        {
            result.Content.Add(new TextContentBlock { Text = note });
        }

        return result;
    }

    private async Task<CallToolResult> ShowTextAsync(
        FileEntry entry,
        FileLines? lines,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        var cursor =
            lines is not null && FileText.IsSearched(lines)
                ? await answers.KeepAsync(lines.Whole, lines.ShownUntil, ReadName, user?.CallerName(), cancellationToken)
                : null;
        return FileText.Show(entry, lines, cursor);
    }

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

        if (
            tree.Tree.FirstOrDefault(entry => entry.Mode == GitMode.Link && path.StartsWith($"{entry.Path}/", StringComparison.Ordinal)) is
            { } link
        )
        {
            var target = FileLink.Resolve(link.Path, await api.ReadLinkAsync(owner, repo, link.Sha, cancellationToken) ?? "/");
            return target is null
                ? $"'{path}' leads through {link.Path}, a symbolic link out of the repository."
                : $"'{path}' leads through {link.Path}, a symbolic link to {target}: read {$"{target}{path[link.Path.Length..]}".Trim('/')}.";
        }

        var similar = tree
            .Tree.Where(entry => entry.Path.EndsWith(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase))
            .Take(MostSuggestions)
            .Select(entry => entry.Path)
            .ToList();
        var remedy =
            LinesOfLink().Match(path) is { Success: true } lines
                ? $"Give path='{path[..lines.Index]}' and the lines as startLine and endLine."
            : similar.Count > 0 ? $"Did you mean {string.Join(" or ", similar)}?"
            : "List the folder to see what there is.";
        return $"There is no '{path}' in {where}. {remedy}";
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
                { Mode: GitMode.Link } => "symlink",
                _ => "file",
            },
            entry.Path,
            folder.Length == 0 ? entry.Path : $"{folder}/{entry.Path}",
            entry.Sha,
            entry.Size ?? 0
        );

    /// <summary>What links to lines of a file end with.</summary>
    [GeneratedRegex(@"#L\d+(C\d+)?(-L?\d+(C\d+)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex LinesOfLink();

    private static CallToolResult Says(string text) => new() { Content = [new TextContentBlock { Text = text }] };
}
