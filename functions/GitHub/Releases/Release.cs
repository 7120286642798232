using GitHub.Text;

namespace GitHub.Releases;

internal sealed record Release(
    long Id,
    [property: CleanName] string TagName,
    [property: Clean] string? Name = null,
    [property: Clean] string? Body = null,
    string? HtmlUrl = null,
    DateTimeOffset? PublishedAt = null,
    bool? Prerelease = null,
    bool? Draft = null,
    [property: Login] string? Author = null
);

internal sealed record ReleaseEdit(
    string? TagName,
    string? TargetCommitish,
    string? Name,
    string? Body,
    bool? Draft,
    bool? Prerelease,
    bool? GenerateReleaseNotes = null
);
