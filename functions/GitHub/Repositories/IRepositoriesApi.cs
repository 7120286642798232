using GitHub.Api;
using GitHub.Text;
using Refit;

namespace GitHub.Repositories;

/// <summary>https://docs.github.com/en/rest/repos/repos and https://docs.github.com/en/rest/search/search</summary>
internal interface IRepositoriesApi
{
    [Get("/repos/{owner}/{repo}")]
    Task<Repository> GetAsync(string owner, string repo, CancellationToken cancellationToken);

    [Get("/user/repos")]
    Task<ApiResponse<List<Repository>>> ListMineAsync(
        string? visibility,
        string? affiliation,
        string? sort,
        string? direction,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/collaborators")]
    Task<ApiResponse<List<Collaborator>>> ListCollaboratorsAsync(
        string owner,
        string repo,
        string? affiliation,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Post("/user/repos")]
    Task<Repository> CreateMineAsync([Body] NewRepository repository, CancellationToken cancellationToken);

    [Post("/orgs/{org}/repos")]
    Task<Repository> CreateInOrganizationAsync(string org, [Body] NewRepository repository, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/forks")]
    Task<Repository> ForkAsync(string owner, string repo, [Body] NewFork fork, CancellationToken cancellationToken);

    [Delete("/repos/{owner}/{repo}")]
    Task DeleteAsync(string owner, string repo, CancellationToken cancellationToken);

    [Get("/search/repositories")]
    Task<ApiResponse<SearchList<Repository>>> SearchAsync(
        string q,
        string? sort,
        string? order,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/search/repositories")]
    Task<ApiResponse<SearchList<CleanObject>>> SearchFullAsync(
        string q,
        string? sort,
        string? order,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/search/code"), Headers("Accept: application/vnd.github.text-match+json")]
    Task<ApiResponse<SearchList<CodeHit>>> SearchCodeAsync(
        string q,
        string? sort,
        string? order,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );
}
