namespace GitHub.Api;

/// <summary>What a GraphQL document touches: its text does not show it the way a REST path does, so every call says it.</summary>
/// <param name="Owner">The user or organization; null for what belongs to the token's user alone.</param>
/// <param name="Repository">The repository; null for all of the owner's.</param>
internal sealed record GraphQlScope(string? Owner, string? Repository)
{
    public const string Property = "GitHub.GraphQlScope";

    public static readonly GraphQlScope Viewer = new(null, null);

    public bool IsMutation { get; init; }

    public static GraphQlScope Of(string owner, string repo) => new(owner, repo);

    public static GraphQlScope AllOf(string owner) => new(owner, null);

    /// <summary>The scope a request was sent with; null for REST.</summary>
    public static GraphQlScope? Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(new HttpRequestOptionsKey<object>(Property), out var scope) ? scope as GraphQlScope : null;
}
