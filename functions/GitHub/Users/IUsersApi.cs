using GitHub.Api;
using Refit;

namespace GitHub.Users;

/// <summary>https://docs.github.com/en/rest/search/search#search-users</summary>
internal interface IUsersApi
{
    [Get("/search/users")]
    Task<ApiResponse<SearchList<User>>> SearchAsync(
        string q,
        string? sort,
        string? order,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );
}

/// <summary>A person or an organization.</summary>
internal sealed record User(string Login, long Id, string? HtmlUrl = null, string? AvatarUrl = null);
