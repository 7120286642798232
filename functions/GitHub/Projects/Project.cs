using System.Text.Json;
using System.Text.Json.Serialization;
using GitHub.Text;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;

namespace GitHub.Projects;

internal sealed record Project(
    long Id,
    int Number,
    [property: CleanName] string Title,
    string? NodeId = null,
    [property: Login] string? Owner = null,
    [property: CleanName] string? ShortDescription = null,
    [property: Clean] string? Description = null,
    bool? Public = null,
    string? State = null,
    DateTimeOffset? UpdatedAt = null,
    DateTimeOffset? ClosedAt = null
);

internal sealed record ProjectField(
    long Id,
    string Name,
    string DataType,
    string? NodeId = null,
    IReadOnlyList<ProjectOption>? Options = null,
    JsonElement? Configuration = null
);

/// <param name="Name">A text, or an object with its raw form.</param>
internal sealed record ProjectOption(string Id, [property: RawText] string? Name = null);

internal sealed record ProjectItem(
    long Id,
    string? NodeId = null,
    string? ContentType = null,
    ProjectContent? Content = null,
    IReadOnlyList<ProjectItemField>? Fields = null,
    DateTimeOffset? ArchivedAt = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null,
    [property: Login] string? Creator = null
);

internal sealed record ProjectContent(
    int? Number = null,
    [property: CleanName] string? Title = null,
    string? State = null,
    string? HtmlUrl = null,
    [property: RepositoryName] string? Repository = null
);

internal sealed record ProjectItemField(
    long Id,
    string? Name = null,
    string? DataType = null,
    [property: ProjectValue] JsonElement? Value = null
);

internal sealed record ProjectView(
    string Id,
    int Number,
    string Name,
    string Layout,
    string? Filter = null,
    [property: Names] IReadOnlyList<string>? VisibleFields = null
);

internal sealed record ProjectStatusUpdate(
    string Id,
    string? Status = null,
    [property: Clean] string? Body = null,
    string? StartDate = null,
    string? TargetDate = null,
    [property: Login] string? Creator = null,
    DateTimeOffset? CreatedAt = null
);

/// <summary>An entry of update_project_items: one of the ways to name an item.</summary>
internal sealed record ProjectItemReference(
    string? NodeId = null,
    long? ItemId = null,
    string? ItemOwner = null,
    string? ItemRepo = null,
    int? IssueNumber = null,
    int? PullRequestNumber = null
)
{
    /// <summary>Issues and pull requests of a repository share their numbers.</summary>
    /// <exception cref="McpException">There are two.</exception>
    [JsonIgnore]
    public int? Number =>
        IssueNumber is not null && PullRequestNumber is not null
            ? throw new McpException(
                $"issue_number={IssueNumber} and pull_request_number={PullRequestNumber} are two things: give one. Nothing was changed."
            )
            : IssueNumber ?? PullRequestNumber;
}

/// <summary>A field by id or name, and the value it gets; null clears.</summary>
internal sealed record ProjectFieldEdit(long? Id = null, string? Name = null)
{
    [JsonShape("string", "number"), EmptyClears]
    public JsonElement Value { get; init; }
}

internal sealed record ProjectIteration(string Title, string StartDate, int Duration);

/// <summary>What a batch did.</summary>
internal sealed record BatchResult(int Updated, IReadOnlyList<string>? Failed = null);
