using GitHub.Api;
using GitHub.Repositories;
using GitHub.Writes;
using ModelContextProtocol;

namespace GitHub.Projects;

/// <summary>Saved views of a project.</summary>
internal sealed class ProjectViews(ProjectLookup lookup, GraphQl graphQl)
{
    /// <summary>The API sets a filter only on a view that is there.</summary>
    public async Task<ProjectView> CreateAsync(ProjectAddress project, ViewEdit view, CancellationToken cancellationToken)
    {
        var input = await InputAsync(project, view with { Filter = null }, cancellationToken);
        input["projectId"] = await lookup.IdAsync(project.Kind, project.Owner, project.Number, cancellationToken);
        var made = (
            await graphQl.MutateAsync<Answer>(
                GraphQlScope.AllOf(project.Owner),
                ProjectDocuments.CreateView,
                new { input },
                cancellationToken
            )
        )
            .Done
            .View;
        return await new WriteSteps($"project {project.Number}", $"view {made.Id} created")
            .Add(
                !string.IsNullOrEmpty(view.Filter),
                "its filter (update_project_view can set it)",
                async () => made = await SendAsync(project, Given.Of(("viewId", made.Id), ("filter", view.Filter)), cancellationToken)
            )
            .RunAsync(() => Task.FromResult(made));
    }

    public async Task<ProjectView> UpdateAsync(ProjectAddress project, string id, ViewEdit view, CancellationToken cancellationToken)
    {
        await DemandAsync(project, id, cancellationToken);
        var input = await InputAsync(project, view, cancellationToken);
        if (input.Count == 0)
        {
            throw new McpException("Nothing to change: give at least one of name, layout, filter, visible_fields, visible_field_names.");
        }

        input["viewId"] = id;
        return await SendAsync(project, input, cancellationToken);
    }

    public async Task<Done> DeleteAsync(ProjectAddress project, string id, CancellationToken cancellationToken)
    {
        await DemandAsync(project, id, cancellationToken);
        await graphQl.MutateAsync<object>(
            GraphQlScope.AllOf(project.Owner),
            ProjectDocuments.DeleteView,
            new { input = Given.Of(("viewId", id)) },
            cancellationToken
        );
        return new("Deleted the view.");
    }

    private async Task<ProjectView> SendAsync(
        ProjectAddress project,
        Dictionary<string, object> input,
        CancellationToken cancellationToken
    ) =>
        (
            await graphQl.MutateAsync<Answer>(
                GraphQlScope.AllOf(project.Owner),
                ProjectDocuments.UpdateView,
                new { input },
                cancellationToken
            )
        )
            .Done
            .View;

    /// <summary>A node id leads anywhere: the view has to be this project's.</summary>
    private async Task DemandAsync(ProjectAddress project, string id, CancellationToken cancellationToken)
    {
        var found = (
            await graphQl.QueryAsync<HomeAnswer>(GraphQlScope.AllOf(project.Owner), ProjectDocuments.View, new { id }, cancellationToken)
        ).Node;
        if (
            found?.Project?.Id is not { } home
            || home != await lookup.IdAsync(project.Kind, project.Owner, project.Number, cancellationToken)
        )
        {
            throw new McpException(
                $"view_id='{id}' is not a view of project {project.Number} of {project.Owner}: see projects_list list_project_views."
            );
        }
    }

    private async Task<Dictionary<string, object>> InputAsync(ProjectAddress project, ViewEdit view, CancellationToken cancellationToken) =>
        Given.Of(
            ("name", view.Name),
            ("layout", view.Layout is null ? null : $"{view.Layout.ToUpperInvariant()}_LAYOUT"),
            ("filter", view.Filter),
            ("configuration", await VisibleAsync(project, view, cancellationToken) is { } ids ? Given.Of(("visibleFieldIds", ids)) : null)
        );

    private async Task<List<string>?> VisibleAsync(ProjectAddress project, ViewEdit view, CancellationToken cancellationToken)
    {
        if (view.VisibleFields is not null && view.VisibleFieldNames is not null)
        {
            throw new McpException("visible_fields and visible_field_names exclude each other: give one of them.");
        }

        if ((view.VisibleFields ?? view.VisibleFieldNames) is not { } wanted)
        {
            return null;
        }

        if (wanted.Length == 0)
        {
            return [];
        }

        if (view.Layout == "roadmap")
        {
            throw new McpException("A roadmap has no visible fields: give [] or leave them out.");
        }

        var fields = await lookup.FieldsAsync(project.Kind, project.Owner, project.Number, cancellationToken);
        return
        [
            .. wanted.Select(name => (view.VisibleFields is null ? ProjectLookup.Find(fields, name) : ById(fields, name)).NodeId ?? ""),
        ];
    }

    private static ProjectField ById(IReadOnlyList<ProjectField> fields, string id) =>
        fields.FirstOrDefault(field => $"{field.Id}" == id)
        ?? throw new McpException(
            $"The project has no field with the id {id}. It has: {string.Join(", ", fields.Select(field => $"{field.Id} {field.Name}"))}."
        );

    private sealed record Answer(Payload Done);

    private sealed record Payload(ProjectView View);

    private sealed record HomeAnswer(HomeNode? Node = null);

    private sealed record HomeNode(HomeProject? Project = null);

    private sealed record HomeProject(string Id);
}

/// <summary>Where a project is.</summary>
/// <param name="Kind">orgs or users.</param>
internal sealed record ProjectAddress(string Kind, string Owner, int Number);

/// <summary>What a caller wants of a view.</summary>
internal sealed record ViewEdit(string? Name, string? Layout, string? Filter, string[]? VisibleFields, string[]? VisibleFieldNames);
