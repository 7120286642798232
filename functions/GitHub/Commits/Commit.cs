using System.Text.Json.Serialization;
using GitHub.Text;

namespace GitHub.Commits;

internal sealed record Commit(
    string Sha,
    [property: JsonPropertyName("commit")] CommitText? Details = null,
    string? HtmlUrl = null,
    [property: Login] string? Author = null,
    [property: Login] string? Committer = null,
    [property: RepositoryName] string? Repository = null,
    CommitStats? Stats = null,
    IReadOnlyList<ChangedFile>? Files = null
)
{
    /// <summary>Set by what goes through the files; a commit in a list has none.</summary>
    [JsonPropertyName("hasMore")]
    public bool? HasMore { get; init; }

    [JsonPropertyName("nextPage")]
    public int? NextPage { get; init; }
}

internal sealed record CommitText([property: CleanName] string Message, Signature? Author = null, Signature? Committer = null);

internal sealed record Signature(
    [property: CleanName] string? Name = null,
    [property: CleanName] string? Email = null,
    DateTimeOffset? Date = null
);

internal sealed record CommitStats(int Additions, int Deletions, int Total);

internal sealed record ChangedFile(
    [property: CleanName] string Filename,
    string? Status = null,
    int? Additions = null,
    int? Deletions = null,
    int? Changes = null,
    [property: CleanName] string? PreviousFilename = null,
    string? Patch = null,
    string? Note = null
)
{
    /// <summary>The same, with a note where its lines changed and GitHub leaves the patch out.</summary>
    public ChangedFile WithPatchOrNote() =>
        Patch is null && Changes > 0
            ? this with
            {
                Note = "GitHub gives no patch of it, which is too large: read the file before and after.",
            }
            : this;
}

/// <param name="AheadBy">Commits head has and base lacks.</param>
internal sealed record Comparison(
    string Status,
    int AheadBy,
    int BehindBy,
    int TotalCommits,
    string? HtmlUrl = null,
    IReadOnlyList<Commit>? Commits = null,
    IReadOnlyList<ChangedFile>? Files = null
)
{
    [JsonPropertyName("hasMore")]
    public bool HasMore { get; init; }

    [JsonPropertyName("nextPage")]
    public int? NextPage { get; init; }

    public string? Note { get; init; }
}
