using System.ComponentModel.DataAnnotations;
using System.Globalization;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Repositories;
using GitHub.Writes;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Milestones;

/// <summary>A repository's milestones.</summary>
internal sealed partial class MilestoneTools(IMilestonesApi api)
{
    /// <summary>Milestones with their numbers, due dates and counts of issues.</summary>
    [McpServerTool(Name = "list_milestones", Title = "List milestones", ReadOnly = true)]
    public async partial Task<Page<Milestone>> ListMilestonesAsync(
        string owner,
        string repo,
        [AllowedValues("open", "closed", "all")] string? state = null,
        [AllowedValues("due_on", "completeness")] string? sort = null,
        [AllowedValues("asc", "desc")] string? direction = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) => await api.ListAsync(owner, repo, state, sort, direction, page, perPage, cancellationToken).ToPageAsync();

    /// <summary>Create, change or delete a milestone; its issues stay.</summary>
    /// <param name="milestone_number">With update and delete.</param>
    /// <param name="due_on">YYYY-MM-DD.</param>
    /// <param name="clear">Fields to empty, with update.</param>
    [McpServerTool(Name = "milestone_write", Title = "Create, change or delete a milestone", Destructive = true)]
    public async partial Task<object> WriteMilestoneAsync(
        [AllowedValues("create", "update", "delete")] string method,
        string owner,
        string repo,
        [OnlyWith("update", "delete")] int? milestone_number = null,
        [OnlyWith("create", "update")] string? title = null,
        [OnlyWith("create", "update")] string? description = null,
        [OnlyWith("create", "update")] string? due_on = null,
        [OnlyWith("create", "update"), AllowedValues("open", "closed")] string? state = null,
        [OnlyWith("update"), Subset("description", "due_on")] string[]? clear = null,
        CancellationToken cancellationToken = default
    )
    {
        var edit = Given.Of(("title", title), ("description", description), ("due_on", DueOf(due_on)), ("state", state));
        if (method == "create")
        {
            return title is null
                ? throw new McpException("method='create' needs title.")
                : await api.CreateAsync(owner, repo, edit, cancellationToken);
        }

        var number = milestone_number ?? throw new McpException($"method='{method}' needs milestone_number.");
        if (method == "delete")
        {
            await api.DeleteAsync(owner, repo, number, cancellationToken);
            return new Done($"Deleted milestone {number}.");
        }

        edit.Clear(clear, field => field == "description" ? "" : null);

        return edit.Count > 0
            ? await api.UpdateAsync(owner, repo, number, edit, cancellationToken)
            : throw new McpException("Nothing to change: give at least one of title, description, due_on, state, clear.");
    }

    /// <summary>GitHub keeps the day alone, counted in Pacific time: at noon of UTC it is the same day there.</summary>
    private static string? DueOf(string? day) =>
        day is null ? null
        : DateOnly.TryParseExact(day.Split('T')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var due)
            ? due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T12:00:00Z"
        : throw new McpException($"due_on='{day}' is not a day: give YYYY-MM-DD.");
}
