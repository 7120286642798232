using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace GitHub.Projects;

/// <summary>Items of projects, and the values of their fields.</summary>
internal sealed class ProjectItems(IProjectsApi api, ProjectLookup lookup)
{
    private const int MostItems = 50;

    public async Task<ProjectItem> UpdateAsync(
        ProjectAddress project,
        ProjectItemReference item,
        ProjectFieldEdit edit,
        CancellationToken cancellationToken
    )
    {
        var projectId = item.ItemId is null ? await lookup.IdAsync(project.Kind, project.Owner, project.Number, cancellationToken) : "";
        var id = await lookup.ItemIdAsync(project.Owner, projectId, item, cancellationToken);
        var body = await EditOfAsync(project, edit, cancellationToken);
        return await api.UpdateItemAsync(project.Kind, project.Owner, project.Number, id, body, cancellationToken);
    }

    /// <summary>Gives many items one value: everything is resolved before anything is written.</summary>
    public async Task<BatchResult> UpdateManyAsync(
        ProjectAddress project,
        ProjectItemReference[] items,
        ProjectFieldEdit edit,
        CancellationToken cancellationToken
    )
    {
        if (items.Length is 0 or > MostItems)
        {
            throw new McpException($"items has {items.Length} entries: give 1 to {MostItems}.");
        }

        var projectId = await lookup.IdAsync(project.Kind, project.Owner, project.Number, cancellationToken);
        var ids = new List<long>();
        foreach (var item in items)
        {
            ids.Add(await lookup.ItemIdAsync(project.Owner, projectId, item, cancellationToken));
        }

        var body = await EditOfAsync(project, edit, cancellationToken);
        var failed = new List<string>();
        foreach (var id in ids)
        {
            try
            {
                await api.UpdateItemAsync(project.Kind, project.Owner, project.Number, id, body.DeepClone().AsObject(), cancellationToken);
            }
            catch (UpstreamException e)
            {
                failed.Add($"{id}: {e.Message}");
            }
        }

        return new(ids.Count - failed.Count, failed.Count > 0 ? failed : null);
    }

    /// <summary>The body of an edit, with names turned into the ids the API wants.</summary>
    private async Task<JsonObject> EditOfAsync(ProjectAddress project, ProjectFieldEdit edit, CancellationToken cancellationToken)
    {
        if ((edit.Id is null) == (edit.Name is null))
        {
            throw new McpException("updated_field needs exactly one of id and name.");
        }

        if (edit.Value.ValueKind == JsonValueKind.Undefined)
        {
            throw new McpException("updated_field needs a value; null clears the field.");
        }

        // An empty text is what a field without a value has.
        var value =
            edit.Value.ValueKind == JsonValueKind.String && !Visible.HasAny(edit.Value.GetString()!)
                ? null
                : JsonNode.Parse(edit.Value.GetRawText());
        var fields = await lookup.FieldsAsync(project.Kind, project.Owner, project.Number, cancellationToken);
        var field = edit.Name is { } name ? ProjectLookup.Find(fields, name) : fields.FirstOrDefault(known => known.Id == edit.Id);
        var id = field?.Id ?? edit.Id;
        value = field is null ? value : ProjectChoices.Resolve(field, value);
        return new() { ["fields"] = new JsonArray(new JsonObject { ["id"] = id, ["value"] = value }) };
    }
}
