using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Repositories;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Projects;

/// <summary>Changing projects.</summary>
internal sealed partial class ProjectWriteTools(
    IProjectsApi api,
    ProjectLookup lookup,
    ProjectItems projectItems,
    ProjectIterations projectIterations,
    ProjectViews views,
    GraphQl graphQl
)
{
    /// <summary>
    /// Change projects: add_project_item, update_project_item, update_project_items (one value for many items), delete_project_item, create_project,
    /// create_iteration_field, create_project_status_update, create_project_view, update_project_view, delete_project_view.
    /// </summary>
    /// <param name="owner">Login of the project's user or organization.</param>
    /// <param name="owner_type">Required for create_project.</param>
    /// <param name="project_number">With all but create_project.</param>
    /// <param name="item_id">With delete_project_item and update_project_item; for the latter item_owner, item_repo and a number do as well.</param>
    /// <param name="item_owner">Of the issue's or pull request's repository; with add_project_item, as are item_repo, item_type and its number.</param>
    /// <param name="updated_field">{"name":"Status","value":"Done"} or {"id":123,"value":…}; value null clears. Options and iterations
    /// by name or id; dates as YYYY-MM-DD.</param>
    /// <param name="items">With update_project_items, at most 50: each node_id, item_id, or item_owner with item_repo and a number.</param>
    /// <param name="title">With create_project.</param>
    /// <param name="field_name">With create_iteration_field, as are iteration_duration (days) and start_date.</param>
    /// <param name="iterations">Only for iterations of different lengths or with breaks.</param>
    /// <param name="start_date">YYYY-MM-DD, as is target_date.</param>
    /// <param name="body">Of a status update, in Markdown.</param>
    /// <param name="name">Of a view.</param>
    /// <param name="layout">Required for create_project_view.</param>
    /// <param name="filter">Of a view; empty clears it.</param>
    /// <param name="view_id">Node id.</param>
    /// <param name="visible_fields">Ids of a view's fields in order; [] resets. Or give visible_field_names.</param>
    [McpServerTool(Name = "projects_write", Title = "Change a project", Destructive = true)]
    public async partial Task<object> WriteAsync(
        [AllowedValues(
            "add_project_item",
            "update_project_item",
            "update_project_items",
            "delete_project_item",
            "create_project_status_update",
            "create_project_view",
            "update_project_view",
            "delete_project_view",
            "create_project",
            "create_iteration_field"
        )]
            string method,
        string owner,
        [AllowedValues("user", "org")] string? owner_type = null,
        int? project_number = null,
        [OnlyWith("add_project_item"), AllowedValues("issue", "pull_request")] string? item_type = null,
        [OnlyWith("add_project_item", "update_project_item")] string? item_owner = null,
        [OnlyWith("add_project_item", "update_project_item")] string? item_repo = null,
        [OnlyWith("add_project_item", "update_project_item")] int? issue_number = null,
        [OnlyWith("add_project_item", "update_project_item")] int? pull_request_number = null,
        [OnlyWith("update_project_item", "delete_project_item")] long? item_id = null,
        [OnlyWith("update_project_items")] ProjectItemReference[]? items = null,
        [OnlyWith("update_project_item", "update_project_items")] ProjectFieldEdit? updated_field = null,
        [OnlyWith("create_project")] string? title = null,
        [OnlyWith("create_iteration_field")] string? field_name = null,
        [OnlyWith("create_iteration_field")] int? iteration_duration = null,
        [OnlyWith("create_iteration_field")] ProjectIteration[]? iterations = null,
        [OnlyWith("create_iteration_field", "create_project_status_update")] string? start_date = null,
        [OnlyWith("create_project_status_update")] string? target_date = null,
        [OnlyWith("create_project_status_update"), AllowedValues("INACTIVE", "ON_TRACK", "AT_RISK", "OFF_TRACK", "COMPLETE")]
            string? status = null,
        [OnlyWith("create_project_status_update")] string? body = null,
        [OnlyWith("update_project_view", "delete_project_view")] string? view_id = null,
        [OnlyWith("create_project_view", "update_project_view")] string? name = null,
        [OnlyWith("create_project_view", "update_project_view"), AllowedValues("table", "board", "roadmap")] string? layout = null,
        [OnlyWith("create_project_view", "update_project_view"), EmptyClears] string? filter = null,
        [OnlyWith("create_project_view", "update_project_view")] string[]? visible_fields = null,
        [OnlyWith("create_project_view", "update_project_view")] string[]? visible_field_names = null,
        CancellationToken cancellationToken = default
    )
    {
        if (method == "create_project")
        {
            return await CreateProjectAsync(
                owner,
                owner_type ?? throw Needs("owner_type"),
                title ?? throw Needs("title"),
                cancellationToken
            );
        }

        var number = project_number ?? throw Needs("project_number");
        var kind = await lookup.KindAsync(owner, owner_type, cancellationToken);
        var project = new ProjectAddress(kind, owner, number);
        switch (method)
        {
            case "add_project_item":
                if (item_type is null && issue_number is not null && pull_request_number is not null)
                {
                    throw new McpException(
                        $"issue_number={issue_number} and pull_request_number={pull_request_number} are two things: give one, or item_type. Nothing was added."
                    );
                }

                item_type ??= pull_request_number is not null ? "pull_request" : "issue";
                var content =
                    item_type == "pull_request"
                        ? pull_request_number ?? throw Needs("pull_request_number")
                        : issue_number ?? throw Needs("issue_number");
                return await api.AddItemAsync(
                    kind,
                    owner,
                    number,
                    new(
                        item_type == "pull_request" ? "PullRequest" : "Issue",
                        item_owner ?? throw Needs("item_owner"),
                        item_repo ?? throw Needs("item_repo"),
                        content
                    ),
                    cancellationToken
                );
            case "update_project_item":
                var reference = new ProjectItemReference(null, item_id, item_owner, item_repo, issue_number, pull_request_number);
                return await projectItems.UpdateAsync(project, reference, updated_field ?? throw Needs("updated_field"), cancellationToken);
            case "update_project_items":
                return await projectItems.UpdateManyAsync(
                    project,
                    items ?? throw Needs("items"),
                    updated_field ?? throw Needs("updated_field"),
                    cancellationToken
                );
            case "delete_project_item":
                await api.DeleteItemAsync(kind, owner, number, item_id ?? throw Needs("item_id"), cancellationToken);
                return new Done($"Removed item {item_id} from the project.");
            case "create_project_status_update":
                return await AddStatusAsync(project, status, body, start_date, target_date, cancellationToken);
            case "create_iteration_field":
                var first = start_date ?? throw Needs("start_date");
                var duration = iteration_duration ?? throw Needs("iteration_duration");
                return await projectIterations.AddFieldAsync(
                    project,
                    field_name ?? throw Needs("field_name"),
                    first,
                    duration,
                    iterations ?? [],
                    cancellationToken
                );
            case "create_project_view":
                var wanted = new ViewEdit(
                    name ?? throw Needs("name"),
                    layout ?? throw Needs("layout"),
                    filter,
                    visible_fields,
                    visible_field_names
                );
                return await views.CreateAsync(project, wanted, cancellationToken);
            case "update_project_view":
                return await views.UpdateAsync(
                    project,
                    view_id ?? throw Needs("view_id"),
                    new(name, layout, filter, visible_fields, visible_field_names),
                    cancellationToken
                );
            default:
                return await views.DeleteAsync(project, view_id ?? throw Needs("view_id"), cancellationToken);
        }

        McpException Needs(string parameter) => new($"method='{method}' needs {parameter}.");
    }

    private async Task<Project> CreateProjectAsync(string owner, string ownerType, string title, CancellationToken cancellationToken)
    {
        var found = await api.GetOwnerAsync(owner, cancellationToken);
        if ((found.Type == "Organization") != (ownerType == "org"))
        {
            throw new McpException(
                $"{owner} is {(found.Type == "Organization" ? "an organization" : "a user")}, not what owner_type='{ownerType}' says."
            );
        }

        var made = await graphQl.MutateAsync<CreateAnswer>(
            GraphQlScope.AllOf(owner),
            ProjectDocuments.Create,
            new { owner = found.NodeId, title },
            cancellationToken
        );
        return made.Payload.Project;
    }

    private async Task<ProjectStatusUpdate> AddStatusAsync(
        ProjectAddress project,
        string? status,
        string? body,
        string? start,
        string? target,
        CancellationToken cancellationToken
    )
    {
        var id = await lookup.IdAsync(project.Kind, project.Owner, project.Number, cancellationToken);
        var made = await graphQl.MutateAsync<StatusAnswer>(
            GraphQlScope.AllOf(project.Owner),
            ProjectDocuments.CreateStatusUpdate,
            new
            {
                project = id,
                status,
                body,
                start,
                target,
            },
            cancellationToken
        );
        return made.Done.Update;
    }

    private sealed record CreateAnswer([property: JsonPropertyName("createProjectV2")] CreatePayload Payload);

    private sealed record CreatePayload(Project Project);

    private sealed record StatusAnswer(StatusPayload Done);

    private sealed record StatusPayload(ProjectStatusUpdate Update);
}
