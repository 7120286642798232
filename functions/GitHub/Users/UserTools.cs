using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Text;
using ModelContextProtocol.Server;

namespace GitHub.Users;

/// <summary>Finding people.</summary>
internal sealed partial class UserTools(IUsersApi api)
{
    /// <summary>Find people.</summary>
    /// <param name="query">GitHub user search, such as 'john smith', 'location:seattle', 'followers:>100'; type:user is implied.</param>
    [McpServerTool(Name = "search_users", Title = "Search users", ReadOnly = true)]
    public async partial Task<Page<User>> SearchUsersAsync(
        string query,
        [AllowedValues("followers", "repositories", "joined")] string? sort = null,
        [AllowedValues("asc", "desc")] string? order = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        await api.SearchAsync(SearchQualifiers.WithType(query, "type:user"), sort, order, page, perPage, cancellationToken)
            .ToPageAsync()
            .SortedAsync(sort, order);
}
