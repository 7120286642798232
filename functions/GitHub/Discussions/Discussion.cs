using GitHub.Text;

namespace GitHub.Discussions;

internal sealed record Discussion(
    int Number,
    [property: Clean] string Title,
    [property: Clean] string? Body = null,
    string? HtmlUrl = null,
    [property: Login] string? User = null,
    [property: Name] string? Category = null,
    bool? Closed = null,
    bool? IsAnswered = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null
);

internal sealed record DiscussionCategory(
    string Id,
    [property: Clean] string Name,
    bool? IsAnswerable = null,
    [property: Clean] string? Description = null
);

internal sealed record CategoryList(IReadOnlyList<DiscussionCategory> Categories);

internal sealed record DiscussionComment(
    string Id,
    [property: Clean] string? Body = null,
    [property: Login] string? User = null,
    string? HtmlUrl = null,
    bool? IsAnswer = null,
    DateTimeOffset? CreatedAt = null,
    IReadOnlyList<DiscussionComment>? Replies = null
);
