using GitHub.Text;

namespace GitHub.Repositories;

internal sealed record Repository(
    long Id,
    string Name,
    string FullName,
    [property: CleanName] string? Description = null,
    string? HtmlUrl = null,
    string? Language = null,
    int? StargazersCount = null,
    int? ForksCount = null,
    int? OpenIssuesCount = null,
    DateTimeOffset? UpdatedAt = null,
    DateTimeOffset? CreatedAt = null,
    IReadOnlyList<string>? Topics = null,
    bool? Private = null,
    bool? Fork = null,
    bool? Archived = null,
    string? DefaultBranch = null
);

internal sealed record Collaborator(string Login, long Id, string? RoleName = null);

/// <summary>What a write made.</summary>
internal sealed record Made(string Id, string? Url = null);

/// <summary>What a write without a response of its own did.</summary>
internal sealed record Done(string Message);

internal sealed record NewRepository(string Name, string? Description, bool Private, bool? AutoInit);

internal sealed record NewFork(string? Organization);

internal sealed record CodeHit(
    [property: CleanName] string Name,
    [property: CleanName] string Path,
    string Sha,
    [property: RepositoryName] string? Repository = null,
    IReadOnlyList<TextMatch>? TextMatches = null
);

internal sealed record TextMatch(string? Fragment = null);
