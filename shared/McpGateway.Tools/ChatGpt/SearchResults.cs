namespace McpGateway.Tools.ChatGpt;

/// <summary>What a tool <c>search</c> finds, in the form ChatGPT demands of it: https://developers.openai.com/api/docs/mcp.</summary>
public sealed record SearchResults(IReadOnlyList<SearchHit> Results);

/// <summary>Something found.</summary>
/// <param name="Id">What <c>fetch</c> takes.</param>
/// <param name="Url">What an answer cites.</param>
public sealed record SearchHit(string Id, string Title, string Url);

/// <summary>What a tool <c>fetch</c> gets, in the form ChatGPT demands of it.</summary>
/// <param name="Metadata">Facts beside the text.</param>
public sealed record FetchedDocument(
    string Id,
    string Title,
    string Text,
    string Url,
    IReadOnlyDictionary<string, string>? Metadata = null
);
