using GitHub.Text;

namespace GitHub.Releases;

/// <param name="State">uploaded, or starter for an upload that was broken off.</param>
internal sealed record ReleaseAsset(
    long Id,
    [property: CleanName] string Name,
    [property: CleanName] string? Label = null,
    string? State = null,
    string? ContentType = null,
    long? Size = null,
    string? Digest = null,
    int? DownloadCount = null,
    string? BrowserDownloadUrl = null,
    [property: Login] string? Uploader = null,
    DateTimeOffset? UpdatedAt = null,
    string? Note = null
);
