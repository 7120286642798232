namespace GitHub.Api;

/// <summary>A GraphQL connection.</summary>
internal sealed record Connection<T>(IReadOnlyList<T> Nodes, long? TotalCount = null, CursorInfo? PageInfo = null)
{
    /// <summary>What the token may see; in the place of anything else GitHub puts null.</summary>
    public IReadOnlyList<T> Nodes { get; init; } = [.. (Nodes ?? []).Where(node => node is not null)];

    public Page<T> ToPage() =>
        new(
            Nodes,
            PageInfo?.HasNextPage == true,
            NextCursor: PageInfo?.HasNextPage == true ? PageInfo.EndCursor : null,
            TotalCount: TotalCount
        );
}

internal sealed record CursorInfo(bool HasNextPage, string? EndCursor = null);
