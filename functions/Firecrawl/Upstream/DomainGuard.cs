using System.Text.Json;
using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>
/// Refuses what may read other domains than the operator allows without naming them: a search that reads, an agent, a browser, a script, options that a model
/// of the vendor's chooses. URLs themselves are <see cref="TargetGuard"/>'s.
/// </summary>
internal sealed class DomainGuard(Domains domains)
{
    private const string Bounds = "this gateway reads certain domains only (FIRECRAWL_ALLOWED_DOMAINS, FIRECRAWL_DENIED_DOMAINS)";

    /// <summary>Whether the operator has drawn a line at all.</summary>
    public bool IsOn => domains.AreBounded;

    /// <exception cref="McpException">The work cannot be kept to the domains.</exception>
    public void RefuseBrowser()
    {
        if (IsOn)
        {
            throw new McpException(
                $"Work in a live browser is refused: {Bounds}, and where a browser is led cannot be kept to them. Read pages by firecrawl_scrape, with actions "
                    + "where they are needed."
            );
        }
    }

    /// <param name="path">Of the API, such as <c>/v2/crawl</c>.</param>
    /// <exception cref="McpException">The request cannot be kept to the domains.</exception>
    public void CheckRequest(string path, JsonElement body)
    {
        if (IsOn && body.ValueKind == JsonValueKind.Object && FindBoundless(path, body) is { } problem)
        {
            throw new McpException(problem);
        }
    }

    /// <param name="path">The member's place, for the error.</param>
    /// <param name="isSearch">Whether the request is a search.</param>
    /// <exception cref="McpException">The member lets the request go anywhere.</exception>
    public void CheckMember(JsonProperty member, string path, bool isSearch)
    {
        if (IsOn && IsBoundless(member, isSearch))
        {
            throw new McpException(
                $"{path} is refused: {Bounds}, and it may lead to others. Leave it out, and read each page by its own URL."
            );
        }
    }

    private static string? FindBoundless(string path, JsonElement body) =>
        path.EndsWith("/extract", StringComparison.Ordinal) && !body.TryGetProperty("urls", out _)
            ? $"An extraction without urls is refused: {Bounds}. Give urls."
        : path.EndsWith("/extract", StringComparison.Ordinal) && !Is(body, "includeSubdomains", JsonValueKind.False)
            ? $"includeSubdomains is refused: {Bounds}, and it may lead to others. Set it to false."
        : path.EndsWith("/agent", StringComparison.Ordinal) && !(HasUrls(body) && Is(body, "strictConstrainToURLs", JsonValueKind.True))
            ? $"An agent is refused that may read anything: {Bounds}. Give urls, and strictConstrainToURLs: true."
        : path.EndsWith("/crawl", StringComparison.Ordinal)
        && body.TryGetProperty("prompt", out _)
        && !(Is(body, "allowExternalLinks", JsonValueKind.False) && Is(body, "allowSubdomains", JsonValueKind.False))
            ? $"A crawl by prompt is refused: {Bounds}, and the API would choose where it leads. Set allowExternalLinks and allowSubdomains to false."
        : path.Contains("/monitor", StringComparison.Ordinal) && HasSearch(body)
            ? $"A monitor of searches is refused: {Bounds}, and what a search finds lies anywhere. Watch pages or a site."
        : null;

    private static bool IsBoundless(JsonProperty member, bool isSearch) =>
        member.Name switch
        {
            "allowExternalLinks" or "enableWebSearch" or "allowSubdomains" => member.Value.ValueKind == JsonValueKind.True,
            // What a search finds is read from anywhere.
            "scrapeOptions" => isSearch && member.Value.ValueKind == JsonValueKind.Object,
            // A click follows a link of an allowed page; a script goes where it likes.
            "type" => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() == "executeJavascript",
            "capability" => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() == "bash",
            _ => false,
        };

    private static bool HasUrls(JsonElement body) =>
        body.TryGetProperty("urls", out var urls) && urls.ValueKind == JsonValueKind.Array && urls.GetArrayLength() > 0;

    private static bool HasSearch(JsonElement body) =>
        body.TryGetProperty("targets", out var targets)
        && targets.ValueKind == JsonValueKind.Array
        && targets
            .EnumerateArray()
            .Any(target =>
                target.ValueKind == JsonValueKind.Object
                && (target.TryGetProperty("queries", out _) || (target.TryGetProperty("type", out var type) && type.ToString() == "search"))
            );

    private static bool Is(JsonElement body, string name, JsonValueKind wanted) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == wanted;
}
