using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Repositories;
using ModelContextProtocol.Server;

namespace GitHub.Stars;

/// <summary>Stars.</summary>
internal sealed partial class StarTools(IStarsApi api)
{
    /// <summary>Repositories a user starred.</summary>
    /// <param name="username">The token's user if not given.</param>
    /// <param name="sort">created: when starred. updated: when last pushed to.</param>
    [McpServerTool(Name = "list_starred_repositories", Title = "List starred repositories", ReadOnly = true)]
    public async partial Task<Page<Repository>> ListStarredAsync(
        string? username = null,
        [AllowedValues("created", "updated")] string? sort = null,
        [AllowedValues("asc", "desc")] string? direction = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        await (
            username is null
                ? api.ListMineAsync(sort, direction, page, perPage, cancellationToken)
                : api.ListOfAsync(username, sort, direction, page, perPage, cancellationToken)
        ).ToPageAsync();

    /// <summary>Star a repository.</summary>
    [McpServerTool(Name = "star_repository", Title = "Star repository")]
    public async partial Task<Done> StarAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        await api.StarAsync(owner, repo, cancellationToken).OrUnchangedAsync();
        return new($"Starred {owner}/{repo}.");
    }

    /// <summary>Remove the star from a repository.</summary>
    [McpServerTool(Name = "unstar_repository", Title = "Unstar repository")]
    public async partial Task<Done> UnstarAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        await api.UnstarAsync(owner, repo, cancellationToken).OrUnchangedAsync();
        return new($"Unstarred {owner}/{repo}.");
    }
}
