using GitHub.Text;

namespace GitHub.Discussions;

internal sealed record Discussion(
    int Number,
    [property: CleanName] string Title,
    BodyText? Body = null,
    string? HtmlUrl = null,
    [property: Login] string? User = null,
    [property: Name] string? Category = null,
    bool? Closed = null,
    bool? IsAnswered = null,
    DateTimeOffset? CreatedAt = null,
    DateTimeOffset? UpdatedAt = null
)
{
    public Discussion As(bool raw) => this with { Body = Body?.As(raw) };
}

internal sealed record DiscussionCategory(
    string Id,
    [property: CleanName] string Name,
    bool? IsAnswerable = null,
    [property: CleanName] string? Description = null
);

internal sealed record CategoryList(IReadOnlyList<DiscussionCategory> Categories);

/// <param name="RepliesTotal">How many replies there are, where those here are not all.</param>
internal sealed record DiscussionComment(
    string Id,
    BodyText? Body = null,
    [property: Login] string? User = null,
    string? HtmlUrl = null,
    bool? IsAnswer = null,
    DateTimeOffset? CreatedAt = null,
    IReadOnlyList<DiscussionComment>? Replies = null,
    long? RepliesTotal = null
)
{
    public DiscussionComment As(bool raw) => this with { Body = Body?.As(raw), Replies = Replies?.Select(reply => reply.As(raw)).ToList() };
}
