using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using McpGateway.Tools.Guards;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Repositories;

/// <summary>Repositories as a whole.</summary>
internal sealed partial class RepositoryTools(IRepositoriesApi api)
{
    /// <summary>Find repositories by name, description, topics and more.</summary>
    /// <param name="query">GitHub repository search, such as 'topic:react stars:>1000' or 'machine learning in:name language:python user:octocat'.</param>
    /// <param name="minimal_output">false returns GitHub's full repository objects.</param>
    [McpServerTool(Name = "search_repositories", Title = "Search repositories", ReadOnly = true)]
    public async partial Task<object> SearchRepositoriesAsync(
        string query,
        bool minimal_output = true,
        [AllowedValues("stars", "forks", "help-wanted-issues", "updated")] string? sort = null,
        [AllowedValues("asc", "desc")] string? order = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        minimal_output
            ? await api.SearchAsync(query, sort, order, page, perPage, cancellationToken).ToPageAsync().SortedAsync(sort, order)
            : await api.SearchFullAsync(query, sort, order, page, perPage, cancellationToken).ToPageAsync().SortedAsync(sort, order);

    /// <summary>Search code across GitHub, with snippets of what matched.</summary>
    /// <param name="query">Terms are ANDed; OR, NOT and "quoted phrases" work. Qualifiers: repo:o/r, org:, user:, language:, path:dir,
    /// filename:, extension:, in:file, size:. At most 256 characters.</param>
    /// <param name="sort">Only 'indexed'.</param>
    /// <param name="fields">Return only these of each hit.</param>
    [McpServerTool(Name = "search_code", Title = "Search code", ReadOnly = true)]
    public async partial Task<Page<CodeHit>> SearchCodeAsync(
        string query,
        [Brief, AllowedValues("indexed")] string? sort = null,
        [AllowedValues("asc", "desc")] string? order = null,
        [Subset("name", "path", "sha", "repository", "text_matches")] string[]? fields = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.SearchCodeAsync(query, sort, order, page, perPage, cancellationToken).ToPageAsync().SortedAsync(sort, order);

    /// <summary>Repositories the token's user owns, collaborates on or reaches through an organization.</summary>
    [McpServerTool(Name = "list_my_repositories", Title = "List my repositories", ReadOnly = true)]
    public async partial Task<Page<Repository>> ListMyRepositoriesAsync(
        [AllowedValues("all", "public", "private")] string? visibility = null,
        [Subset("owner", "collaborator", "organization_member")] string[]? affiliation = null,
        [AllowedValues("created", "updated", "pushed", "full_name")] string? sort = null,
        [AllowedValues("asc", "desc")] string? direction = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        await api.ListMineAsync(
                visibility,
                affiliation is null ? null : string.Join(',', affiliation),
                sort,
                direction,
                page,
                perPage,
                cancellationToken
            )
            .ToPageAsync();

    /// <summary>People with access to a repository, with their role. Needs push access.</summary>
    [McpServerTool(Name = "list_repository_collaborators", Title = "List repository collaborators", ReadOnly = true)]
    public async partial Task<Page<Collaborator>> ListCollaboratorsAsync(
        string owner,
        string repo,
        [AllowedValues("outside", "direct", "all")] string? affiliation = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.ListCollaboratorsAsync(owner, repo, affiliation, page, perPage, cancellationToken).ToPageAsync();

    /// <summary>Create a repository in the user's account or in an organization.</summary>
    /// <param name="autoInit">Start with a README.</param>
    [McpServerTool(Name = "create_repository", Title = "Create repository")]
    public async partial Task<Made> CreateRepositoryAsync(
        string name,
        string? description = null,
        string? organization = null,
        [WireName("private")] bool isPrivate = true,
        bool? autoInit = null,
        CancellationToken cancellationToken = default
    )
    {
        var wanted = new NewRepository(name, description, isPrivate, autoInit);
        var made = organization is null
            ? await api.CreateMineAsync(wanted, cancellationToken)
            : await api.CreateInOrganizationAsync(organization, wanted, cancellationToken);
        return new($"{made.Id}", made.HtmlUrl);
    }

    /// <summary>Fork a repository; GitHub finishes the copy a little later.</summary>
    /// <param name="organization">Where to; the user's account if not given.</param>
    [McpServerTool(Name = "fork_repository", Title = "Fork repository")]
    public async partial Task<Made> ForkRepositoryAsync(
        string owner,
        string repo,
        string? organization = null,
        CancellationToken cancellationToken = default
    )
    {
        var made = await api.ForkAsync(owner, repo, new(organization), cancellationToken);
        return new($"{made.Id}", made.HtmlUrl);
    }

    /// <summary>Delete a repository for good, after a person has confirmed it in the client.</summary>
    [McpServerTool(Name = "delete_repository", Title = "Delete repository", Destructive = true)]
    public async partial Task<Done> DeleteRepositoryAsync(
        RequestContext<CallToolRequestParams> request,
        string owner,
        string repo,
        CancellationToken cancellationToken
    )
    {
        var repository = await api.GetAsync(owner, repo, cancellationToken);
        if (!string.Equals(repository.FullName, $"{owner}/{repo}", StringComparison.OrdinalIgnoreCase))
        {
            // GitHub would take the deletion on to it.
            throw new McpException(
                $"{owner}/{repo} was renamed or moved and is {repository.FullName} now: if that is to go, call again by this name. Nothing was deleted."
            );
        }

        if (!ConfirmationFilter.WasGiven(request))
        {
            throw new McpException(
                $"A person has to confirm that {repository.FullName} is deleted, and this client cannot ask (form elicitation) or the operator turned that off "
                    + $"(CONFIRM_DESTRUCTIVE; page lets the operator confirm): delete it at {repository.HtmlUrl}/settings. Nothing was deleted."
            );
        }

        await api.DeleteAsync(owner, repo, cancellationToken);
        return new($"Deleted {owner}/{repo}.");
    }
}
