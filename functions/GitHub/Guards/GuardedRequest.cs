using System.Text.Json.Nodes;
using GitHub.Api;

namespace GitHub.Guards;

/// <summary>A request to GitHub, as the guards look at it.</summary>
/// <param name="Path">The segments of the path below the REST API's base, unescaped; empty for what is not below it.</param>
/// <param name="AskAsync">Asks GitHub something that the decision depends on.</param>
internal sealed record GuardedRequest(
    HttpRequestMessage Message,
    string[] Path,
    Func<HttpRequestMessage, Task<HttpResponseMessage>> AskAsync
)
{
    /// <summary>Where GitHub led to, when the request does not go where it was meant to.</summary>
    public bool IsRedirected { get; init; }

    /// <summary>What a GraphQL document touches; null for REST.</summary>
    public GraphQlScope? GraphQl { get; } = GraphQlScope.Of(Message);

    public bool IsWrite => GraphQl is { } scope ? scope.IsMutation : Message.Method != HttpMethod.Get && Message.Method != HttpMethod.Head;

    /// <summary>A member of the body, when it is a text.</summary>
    public async Task<string?> TextAsync(string member, CancellationToken cancellationToken) =>
        Message.Content is { } content
        && JsonNode.Parse(await content.ReadAsStringAsync(cancellationToken)) is JsonObject body
        && body[member] is JsonValue value
        && value.TryGetValue<string>(out var text)
            ? text
            : null;
}
