using GitHub.Repositories;
using Refit;

namespace GitHub.Stars;

/// <summary>https://docs.github.com/en/rest/activity/starring</summary>
internal interface IStarsApi
{
    [Get("/user/starred")]
    Task<ApiResponse<List<Repository>>> ListMineAsync(
        string? sort,
        string? direction,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/users/{username}/starred")]
    Task<ApiResponse<List<Repository>>> ListOfAsync(
        string username,
        string? sort,
        string? direction,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Put("/user/starred/{owner}/{repo}")]
    Task StarAsync(string owner, string repo, CancellationToken cancellationToken);

    [Delete("/user/starred/{owner}/{repo}")]
    Task UnstarAsync(string owner, string repo, CancellationToken cancellationToken);
}
