namespace GitHub.Files;

/// <summary>What the contents API says of a path: https://docs.github.com/en/rest/repos/contents.</summary>
/// <param name="Type">file, dir, symlink or submodule.</param>
/// <param name="Content">A small file in base64; empty from 1 MB on.</param>
/// <param name="Target">Where a symbolic link leads.</param>
internal sealed record FileEntry(
    string Type,
    string Name,
    string Path,
    string Sha,
    long Size = 0,
    string? Url = null,
    string? GitUrl = null,
    string? HtmlUrl = null,
    string? DownloadUrl = null,
    string? Encoding = null,
    string? Content = null,
    string? Target = null,
    string? SubmoduleGitUrl = null,
    IReadOnlyList<FileEntry>? Entries = null
);
