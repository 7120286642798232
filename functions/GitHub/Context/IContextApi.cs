using Refit;

namespace GitHub.Context;

/// <summary>https://docs.github.com/en/rest/users and https://docs.github.com/en/rest/rate-limit</summary>
internal interface IContextApi
{
    [Get("/user")]
    Task<Me> GetMeAsync(CancellationToken cancellationToken);

    [Get("/rate_limit")]
    Task<RateLimits> GetRateLimitAsync(CancellationToken cancellationToken);
}
