using Refit;

namespace GitHub.Context;

/// <summary>https://docs.github.com/en/rest/users and https://docs.github.com/en/rest/rate-limit</summary>
internal interface IContextApi
{
    [Get("/user")]
    Task<Me> GetMeAsync(CancellationToken cancellationToken);

    /// <summary>Organizations of the token's user.</summary>
    [Get("/user/orgs")]
    Task<List<Users.User>> ListOrganizationsAsync(int? per_page, CancellationToken cancellationToken);

    [Get("/rate_limit")]
    Task<RateLimits> GetRateLimitAsync(CancellationToken cancellationToken);
}
