using System.ComponentModel.DataAnnotations;
using GitHub.Commits;
using McpGateway.Tools.Schemas;

namespace GitHub.Files;

internal sealed record FileWrite(string Message, string Content, string Branch, string? Sha);

/// <summary>What a write made.</summary>
internal sealed record FileWritten(WrittenFile? Content, WrittenCommit Commit, string? Note = null);

internal sealed record WrittenFile(string Name, string Path, string Sha, long Size = 0, string? HtmlUrl = null);

internal sealed record WrittenCommit(string Sha, string? Message = null, string? HtmlUrl = null, Signature? Author = null);

/// <summary>A file to push.</summary>
/// <param name="Sha">The blob sha the file had when it was read; if it has changed since, nothing is pushed.</param>
internal sealed record PushedFile(
    string Path,
    [property: EmptyClears] string Content,
    [property: AllowedValues("utf-8", "base64")] string? Encoding = null,
    string? Sha = null
);

/// <summary>What a push made.</summary>
internal sealed record Pushed(string Ref, string Sha, string? HtmlUrl = null, string? Note = null);

/// <summary>What an edit changed.</summary>
internal sealed record FileEdited(string Diff, string? Sha, string CommitSha, string? HtmlUrl = null);
