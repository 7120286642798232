using System.Text.Json;
using System.Text.Json.Serialization;
using GitHub.Text;

namespace GitHub.Issues;

/// <summary>An issue or, in searches, a pull request.</summary>
/// <param name="Id">The database id, which sub-issue tools want.</param>
/// <param name="Note">What of a change GitHub did not make.</param>
internal sealed record Issue(
    int Number,
    [property: CleanName] string Title,
    long? Id = null,
    BodyText? Body = null,
    string? State = null,
    string? StateReason = null,
    bool? Draft = null,
    bool? Locked = null,
    string? HtmlUrl = null,
    [property: Login] string? User = null,
    string? AuthorAssociation = null,
    [property: Names] IReadOnlyList<string>? Labels = null,
    [property: Login] string? Assignee = null,
    [property: Names] IReadOnlyList<string>? Assignees = null,
    IssueMilestone? Milestone = null,
    int? Comments = null,
    Reactions? Reactions = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null,
    DateTimeOffset? ClosedAt = null,
    [property: Login] string? ClosedBy = null,
    [property: Name] string? Type = null,
    string? RepositoryUrl = null,
    PullRequestMark? PullRequest = null,
    IReadOnlyList<IssueFieldValue>? IssueFieldValues = null,
    IReadOnlyDictionary<string, JsonElement>? FieldValues = null,
    SubIssuesSummary? SubIssuesSummary = null,
    bool? HasParent = null,
    bool? HasChildren = null,
    IssueLink? Parent = null,
    ClosingPullRequests? ClosedByPullRequests = null,
    string? Note = null
)
{
    /// <summary>The same with its field values by name, and without what says nothing.</summary>
    /// <param name="raw">Whether the body stays as it was written.</param>
    public Issue ToAnswer(bool raw = false) =>
        this with
        {
            Body = Body?.As(raw),
            IssueFieldValues = null,
            FieldValues = IssueFieldValues is { Count: > 0 } values
                ? values
                    .Where(value => value is { IssueFieldName: not null, Shown: not null })
                    .DistinctBy(value => value.IssueFieldName)
                    .ToDictionary(value => value.IssueFieldName!, value => value.Shown!.Value, StringComparer.Ordinal)
                : FieldValues,
            Reactions = Reactions is { TotalCount: > 0 } ? Reactions : null,
            SubIssuesSummary = SubIssuesSummary is { Total: > 0 } ? SubIssuesSummary : null,
            HasChildren = SubIssuesSummary is null ? null : SubIssuesSummary.Total > 0,
        };
}

/// <summary>A milestone, which is shown as its title.</summary>
[JsonConverter(typeof(IssueMilestoneConverter))]
internal sealed record IssueMilestone(string Title, int? Number);

internal sealed class IssueMilestoneConverter : JsonConverter<IssueMilestone>
{
    public override IssueMilestone? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var start = reader;
        if (NameConverter.ReadName(ref reader) is not { } title)
        {
            return null;
        }

        using var milestone = JsonDocument.ParseValue(ref start);
        return new(
            title,
            milestone.RootElement.ValueKind == JsonValueKind.Object
            && milestone.RootElement.TryGetProperty("number", out var number)
            && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt32(out var known)
                ? known
                : null
        );
    }

    public override void Write(Utf8JsonWriter writer, IssueMilestone value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Title);
}

internal sealed record Reactions(int TotalCount);

/// <summary>Marks an issue that is a pull request.</summary>
internal sealed record PullRequestMark(DateTimeOffset? MergedAt = null);

internal sealed record SubIssuesSummary(int Total, int Completed, int? PercentCompleted = null);

/// <summary>The value of a custom field, as the REST API has it.</summary>
internal sealed record IssueFieldValue(
    long? IssueFieldId = null,
    string? IssueFieldName = null,
    JsonElement? Value = null,
    JsonElement? SingleSelectOption = null
)
{
    /// <summary>The option's name for a choice, else the value.</summary>
    [JsonIgnore]
    public JsonElement? Shown =>
        SingleSelectOption is { ValueKind: JsonValueKind.Object } option && option.TryGetProperty("name", out var name) ? name : Value;
}

internal sealed record IssueLink(
    int Number,
    [property: CleanName] string Title,
    string? State = null,
    string? Url = null,
    [property: RepositoryName] string? Repository = null
);

/// <summary>An issue that may say the same as another.</summary>
/// <param name="Confidence">GitHub's word for how sure it is; absent where it ranks no duplicates.</param>
internal sealed record SimilarIssue(SimilarIssueText Issue, double? Score = null, string? Confidence = null, bool? LikelyDuplicate = null);

internal sealed record SimilarIssueText(
    int Number,
    [property: CleanName] string Title,
    string? State = null,
    string? HtmlUrl = null,
    [property: Login] string? User = null
);

internal sealed record ClosingPullRequests(long TotalCount, IReadOnlyList<IssueLink> References);

internal sealed record IssueComment(
    long Id,
    BodyText? Body = null,
    string? HtmlUrl = null,
    [property: Login] string? User = null,
    string? AuthorAssociation = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null
)
{
    public IssueComment As(bool raw) => this with { Body = Body?.As(raw) };
}

internal sealed record Label([property: CleanName] string Name, string? Color = null, [property: CleanName] string? Description = null);

internal sealed record LabelList(IReadOnlyList<Label> Labels, long TotalCount);

internal sealed record IssueType(long Id, string Name, [property: CleanName] string? Description = null, string? Color = null);

internal sealed record IssueTypeList(IReadOnlyList<IssueType> Types);
