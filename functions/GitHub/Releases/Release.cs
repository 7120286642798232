using GitHub.Text;

namespace GitHub.Releases;

internal sealed record Release(
    long Id,
    [property: CleanName] string TagName,
    [property: CleanName] string? Name = null,
    BodyText? Body = null,
    string? HtmlUrl = null,
    DateTimeOffset? PublishedAt = null,
    bool? Prerelease = null,
    bool? Draft = null,
    [property: Login] string? Author = null
)
{
    public Release As(bool raw) => this with { Body = Body?.As(raw) };
}

internal sealed record ReleaseEdit(
    string? TagName,
    string? TargetCommitish,
    string? Name,
    string? Body,
    bool? Draft,
    bool? Prerelease,
    bool? GenerateReleaseNotes = null
);
