using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Text;
using ModelContextProtocol.Server;

namespace GitHub.Users;

/// <summary>Finding organizations.</summary>
internal sealed partial class OrganizationTools(IUsersApi api)
{
    /// <summary>Find organizations.</summary>
    /// <param name="query">GitHub search, such as 'microsoft' or 'location:california created:>=2025-01-01'; type:org is implied.</param>
    [McpServerTool(Name = "search_orgs", Title = "Search organizations", ReadOnly = true)]
    public async partial Task<Page<User>> SearchOrganizationsAsync(
        string query,
        [AllowedValues("followers", "repositories", "joined")] string? sort = null,
        [AllowedValues("asc", "desc")] string? order = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        await api.SearchAsync(SearchQualifiers.WithType(query, "type:org"), sort, order, page, perPage, cancellationToken)
            .ToPageAsync()
            .SortedAsync(sort, order);
}
