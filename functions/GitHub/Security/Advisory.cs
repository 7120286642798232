using GitHub.Text;

namespace GitHub.Security;

/// <summary>A security advisory, global or of a repository.</summary>
internal sealed record Advisory(
    string GhsaId,
    string? CveId = null,
    [property: CleanName] string? Summary = null,
    [property: Clean] string? Description = null,
    string? Type = null,
    string? Severity = null,
    string? State = null,
    string? HtmlUrl = null,
    [property: Login] string? Author = null,
    IReadOnlyList<Weakness>? Cwes = null,
    Cvss? Cvss = null,
    IReadOnlyList<AffectedPackage>? Vulnerabilities = null,
    DateTimeOffset? PublishedAt = null,
    DateTimeOffset? UpdatedAt = null,
    DateTimeOffset? WithdrawnAt = null
);

internal sealed record Weakness([property: CleanName] string? CweId = null, [property: CleanName] string? Name = null);

internal sealed record Cvss([property: CleanName] string? VectorString = null, double? Score = null);

/// <param name="FirstPatchedVersion">A text or an object, by endpoint.</param>
internal sealed record AffectedPackage(
    Package? Package = null,
    [property: CleanName] string? VulnerableVersionRange = null,
    CleanObject? FirstPatchedVersion = null,
    [property: CleanName] string? PatchedVersions = null
);
