using System.ComponentModel.DataAnnotations;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Text;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Projects;

/// <summary>Reading projects.</summary>
internal sealed partial class ProjectTools(IProjectsApi api, ProjectLookup lookup, GraphQl graphQl)
{
    private const int MostPerPage = 50;

    /// <summary>List projects of an owner, or a project's fields, items, status updates or views. Continue with after=nextCursor.</summary>
    /// <param name="owner">Login of the user or organization.</param>
    /// <param name="owner_type">Looked up if not given.</param>
    /// <param name="project_number">With all but list_projects.</param>
    /// <param name="query">list_projects: title and state, such as 'roadmap is:open'. list_project_items: GitHub's project filter.</param>
    /// <param name="fields">With list_project_items: ids of fields whose values to return, else only titles come. Or give field_names.</param>
    /// <param name="per_page">At most 50.</param>
    [McpServerTool(Name = "projects_list", Title = "List projects", ReadOnly = true)]
    public async partial Task<object> ListAsync(
        [AllowedValues("list_projects", "list_project_fields", "list_project_items", "list_project_status_updates", "list_project_views")]
            string method,
        string owner,
        [AllowedValues("user", "org")] string? owner_type = null,
        [OnlyWith("list_project_fields", "list_project_items", "list_project_status_updates", "list_project_views")]
            int? project_number = null,
        [OnlyWith("list_projects", "list_project_items")] string? query = null,
        [OnlyWith("list_project_items")] string[]? fields = null,
        [OnlyWith("list_project_items")] string[]? field_names = null,
        int? per_page = null,
        string? after = null,
        [OnlyWith("list_projects", "list_project_fields", "list_project_items")] string? before = null,
        CancellationToken cancellationToken = default
    )
    {
        var kind = await lookup.KindAsync(owner, owner_type, cancellationToken);
        var size = Math.Clamp(per_page ?? 30, 1, MostPerPage);
        if (method == "list_projects")
        {
            return await api.ListAsync(kind, owner, query, before, after, size, cancellationToken).ToPageAsync();
        }

        var number = project_number ?? throw new McpException($"method='{method}' needs project_number.");
        return method switch
        {
            "list_project_fields" => await api.ListFieldsAsync(kind, owner, number, before, after, size, cancellationToken).ToPageAsync(),
            "list_project_items" => await api.ListItemsAsync(
                    kind,
                    owner,
                    number,
                    query,
                    await lookup.FieldIdsAsync(kind, owner, number, fields, field_names, cancellationToken),
                    before,
                    after,
                    size,
                    cancellationToken
                )
                .ToPageAsync(),
            "list_project_views" => await PageAsync<ProjectView>(
                ProjectDocuments.Views,
                kind,
                owner,
                number,
                size,
                after,
                cancellationToken
            ),
            _ => await PageAsync<ProjectStatusUpdate>(ProjectDocuments.StatusUpdates, kind, owner, number, size, after, cancellationToken),
        };
    }

    /// <summary>Read a project, or one of its fields, items, status updates or views.</summary>
    /// <param name="owner">Login of the user or organization.</param>
    /// <param name="owner_type">Looked up if not given.</param>
    /// <param name="fields">With get_project_item: ids of fields whose values to return, else only the title comes. Or give field_names.</param>
    /// <param name="view_id">Node id; so is status_update_id.</param>
    [McpServerTool(Name = "projects_get", Title = "Get a project", ReadOnly = true)]
    public async partial Task<object> GetAsync(
        [AllowedValues("get_project", "get_project_field", "get_project_item", "get_project_status_update", "get_project_view")]
            string method,
        string? owner = null,
        [AllowedValues("user", "org")] string? owner_type = null,
        [OnlyWith("get_project", "get_project_field", "get_project_item", "get_project_view")] int? project_number = null,
        [OnlyWith("get_project_field")] long? field_id = null,
        [OnlyWith("get_project_item")] long? item_id = null,
        [OnlyWith("get_project_item")] string[]? fields = null,
        [OnlyWith("get_project_item")] string[]? field_names = null,
        [OnlyWith("get_project_status_update")] string? status_update_id = null,
        [OnlyWith("get_project_view")] string? view_id = null,
        CancellationToken cancellationToken = default
    )
    {
        if (method == "get_project_status_update")
        {
            return await StatusUpdateAsync(status_update_id ?? throw Needs("status_update_id"), owner, cancellationToken);
        }

        var login = owner ?? throw Needs("owner");
        var number = project_number ?? throw Needs("project_number");
        var kind = await lookup.KindAsync(login, owner_type, cancellationToken);
        switch (method)
        {
            case "get_project_field":
                return await api.GetFieldAsync(kind, login, number, field_id ?? throw Needs("field_id"), cancellationToken);
            case "get_project_item":
                var item = item_id ?? throw Needs("item_id");
                return await api.GetItemAsync(
                    kind,
                    login,
                    number,
                    item,
                    await lookup.FieldIdsAsync(kind, login, number, fields, field_names, cancellationToken),
                    cancellationToken
                );
            case "get_project_view":
                return await ViewAsync(
                    view_id ?? throw Needs("view_id"),
                    login,
                    await lookup.IdAsync(kind, login, number, cancellationToken),
                    cancellationToken
                );
            default:
                return await api.GetAsync(kind, login, number, cancellationToken);
        }

        McpException Needs(string name) => new($"method='{method}' needs {name}.");
    }

    private async Task<Page<T>> PageAsync<T>(
        string document,
        string kind,
        string owner,
        int number,
        int first,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var project = await lookup.IdAsync(kind, owner, number, cancellationToken);
        return (
            await graphQl.QueryAsync<ListAnswer<T>>(
                GraphQlScope.AllOf(owner),
                document,
                new
                {
                    project,
                    first,
                    after,
                },
                cancellationToken
            )
        ).Node.List.ToPage();
    }

    private async Task<ProjectView> ViewAsync(string id, string owner, string project, CancellationToken cancellationToken)
    {
        var view = (
            await graphQl.QueryAsync<ViewAnswer>(GraphQlScope.AllOf(owner), ProjectDocuments.View, new { id }, cancellationToken)
        ).Node;
        return view?.Project?.Id == project
            ? view.ToView()
            : throw new McpException($"view_id='{id}' is not a view of this project: see projects_list list_project_views.");
    }

    private async Task<ProjectStatusUpdate> StatusUpdateAsync(string id, string? owner, CancellationToken cancellationToken)
    {
        var scope = owner is null ? GraphQlScope.Viewer : GraphQlScope.AllOf(owner);
        var update = (await graphQl.QueryAsync<StatusAnswer>(scope, ProjectDocuments.StatusUpdate, new { id }, cancellationToken)).Node;
        return update?.Project is { Owner: { } login } && (owner is null || string.Equals(login, owner, StringComparison.OrdinalIgnoreCase))
            // An id leads anywhere: whose it turned out to be is asked as if the caller had said so.
            ? owner is null
                ? await StatusUpdateAsync(id, login, cancellationToken)
                : update.ToUpdate()
            : throw new McpException(
                $"status_update_id='{id}' is not a status update of a project{(owner is null ? "" : $" of {owner}")}."
            );
    }

    private sealed record ListAnswer<T>(ListNode<T> Node);

    private sealed record ListNode<T>(Connection<T> List);

    private sealed record ViewAnswer(ViewNode? Node = null);

    private sealed record ViewNode(
        string Id,
        int Number,
        string Name,
        string Layout,
        string? Filter = null,
        [property: Names] IReadOnlyList<string>? VisibleFields = null,
        HomeProject? Project = null
    )
    {
        public ProjectView ToView() => new(Id, Number, Name, Layout, Filter, VisibleFields);
    }

    private sealed record StatusAnswer(StatusNode? Node = null);

    private sealed record StatusNode(
        string Id,
        string? Status = null,
        [property: Clean] string? Body = null,
        string? StartDate = null,
        string? TargetDate = null,
        [property: Login] string? Creator = null,
        DateTimeOffset? CreatedAt = null,
        HomeProject? Project = null
    )
    {
        public ProjectStatusUpdate ToUpdate() => new(Id, Status, Body, StartDate, TargetDate, Creator, CreatedAt);
    }

    private sealed record HomeProject(string Id, [property: Login] string? Owner = null);
}
