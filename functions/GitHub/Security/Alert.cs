using GitHub.Text;

namespace GitHub.Security;

/// <summary>What all alerts share: where it stands and who dealt with it.</summary>
internal abstract record Alert
{
    public long Number { get; init; }

    public string? State { get; init; }

    public string? HtmlUrl { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}

internal sealed record CodeScanningAlert : Alert
{
    public CodeScanningRule? Rule { get; init; }

    [Name]
    public string? Tool { get; init; }

    public CodeScanningInstance? MostRecentInstance { get; init; }

    public DateTimeOffset? FixedAt { get; init; }

    [Login]
    public string? DismissedBy { get; init; }

    public DateTimeOffset? DismissedAt { get; init; }

    public string? DismissedReason { get; init; }

    [CleanName]
    public string? DismissedComment { get; init; }
}

internal sealed record CodeScanningRule(
    string? Id = null,
    [property: CleanName] string? Name = null,
    string? Severity = null,
    string? SecuritySeverityLevel = null,
    [property: CleanName] string? Description = null,
    IReadOnlyList<string>? Tags = null
);

internal sealed record CodeScanningInstance(
    [property: CleanName] string? Ref = null,
    string? CommitSha = null,
    string? State = null,
    CodeLocation? Location = null,
    AlertText? Message = null
);

internal sealed record CodeLocation(
    [property: CleanName] string? Path = null,
    int? StartLine = null,
    int? EndLine = null,
    int? StartColumn = null,
    int? EndColumn = null
);

internal sealed record AlertText([property: CleanName] string? Text = null);

/// <summary>The secret itself is left out: it would end up in a transcript.</summary>
internal sealed record SecretScanningAlert : Alert
{
    public string? SecretType { get; init; }

    public string? SecretTypeDisplayName { get; init; }

    public string? Validity { get; init; }

    public bool? PubliclyLeaked { get; init; }

    public bool? PushProtectionBypassed { get; init; }

    public string? Resolution { get; init; }

    [Login]
    public string? ResolvedBy { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    [CleanName]
    public string? ResolutionComment { get; init; }

    public string? LocationsUrl { get; init; }
}

internal sealed record DependabotAlert : Alert
{
    public Dependency? Dependency { get; init; }

    public Advisory? SecurityAdvisory { get; init; }

    public Vulnerability? SecurityVulnerability { get; init; }

    public DateTimeOffset? FixedAt { get; init; }

    public DateTimeOffset? DismissedAt { get; init; }

    public string? DismissedReason { get; init; }

    [CleanName]
    public string? DismissedComment { get; init; }
}

internal sealed record Dependency(Package? Package = null, [property: CleanName] string? ManifestPath = null, string? Scope = null);

internal sealed record Package(string? Ecosystem = null, [property: CleanName] string? Name = null);

internal sealed record Vulnerability(
    Package? Package = null,
    string? Severity = null,
    [property: CleanName] string? VulnerableVersionRange = null,
    PatchedVersion? FirstPatchedVersion = null
);

internal sealed record PatchedVersion([property: CleanName] string? Identifier = null);

internal sealed record CodeQualityFinding : Alert
{
    public CodeScanningRule? Rule { get; init; }

    public CodeScanningInstance? MostRecentInstance { get; init; }

    public CodeLocation? Location { get; init; }

    public AlertText? Message { get; init; }
}
