using System.ComponentModel.DataAnnotations;
using GitHub.Client;
using GitHub.Issues;
using GitHub.Repositories;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Labels;

/// <summary>A repository's labels.</summary>
internal sealed partial class LabelTools(ILabelsApi api)
{
    /// <summary>All labels of a repository.</summary>
    [McpServerTool(Name = "list_label", ReadOnly = true)]
    public async partial Task<LabelList> ListLabelsAsync(string owner, string repo, CancellationToken cancellationToken)
    {
        var labels = new List<Label>();
        for (int? page = 1; page is not null;)
        {
            var found = await api.ListAsync(owner, repo, page, 100, cancellationToken).ToPageAsync();
            labels.AddRange(found.Items);
            page = found.NextPage is { } next && next <= 10 ? next : null;
        }

        return new(labels, labels.Count);
    }

    /// <summary>Create, update or delete a label.</summary>
    /// <param name="color">Six hex digits without #; required for create.</param>
    /// <param name="new_name">With update: rename.</param>
    [McpServerTool(Name = "label_write", Destructive = true)]
    public async partial Task<object> WriteLabelAsync(
        [AllowedValues("create", "update", "delete")] string method, string owner, string repo, string name, string? color = null, string? description = null, string? new_name = null,
        CancellationToken cancellationToken = default)
    {
        var hex = color?.TrimStart('#');
        switch (method)
        {
            case "create":
                return await api.CreateAsync(
                    owner, repo, Given.Of(("name", name), ("color", hex ?? throw new McpException("method='create' needs color, such as f29513.")), ("description", description)), cancellationToken);
            case "update":
                return await api.UpdateAsync(owner, repo, name, Given.Of(("new_name", new_name), ("color", hex), ("description", description)), cancellationToken);
            default:
                await api.DeleteAsync(owner, repo, name, cancellationToken);
                return new Done($"Deleted the label {name}.");
        }
    }
}
