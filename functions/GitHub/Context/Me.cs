using System.Text.Json.Serialization;
using GitHub.Text;

namespace GitHub.Context;

/// <summary>The user the gateway's token belongs to.</summary>
internal sealed record Me(
    string Login,
    long Id,
    string? HtmlUrl = null,
    string? AvatarUrl = null,
    [property: CleanName] string? Name = null,
    string? Company = null,
    string? Blog = null,
    string? Location = null,
    string? Email = null,
    [property: CleanName] string? Bio = null,
    string? TwitterUsername = null,
    int? PublicRepos = null,
    int? PublicGists = null,
    int? Followers = null,
    int? Following = null,
    int? PrivateGists = null,
    int? TotalPrivateRepos = null,
    int? OwnedPrivateRepos = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null
);

/// <summary>Teams of one organization.</summary>
internal sealed record OrganizationTeams(string Org, IReadOnlyList<Team> Teams);

internal sealed record Team([property: CleanName] string Name, string Slug, [property: CleanName] string? Description = null);

internal sealed record TeamList(IReadOnlyList<OrganizationTeams> Organizations, string? Note = null);

/// <param name="TotalCount">How many there are, where these are not all.</param>
internal sealed record TeamMembers(IReadOnlyList<string> Members, [property: JsonPropertyName("totalCount")] long? TotalCount = null);

/// <summary>GitHub's budgets for this token.</summary>
internal sealed record RateLimits(IReadOnlyDictionary<string, RateLimit> Resources);

/// <param name="Reset">When the budget is full again, in seconds since 1970.</param>
internal sealed record RateLimit(int Limit, int Used, int Remaining, long Reset)
{
    public DateTimeOffset ResetAt => DateTimeOffset.FromUnixTimeSeconds(Reset);
}
