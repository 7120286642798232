using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Jobs;

/// <summary>Who is told of a job, as the API documents it (<c>{url, headers, metadata, events}</c>), from a URL or such an object.</summary>
internal static class Webhook
{
    /// <summary>What is told of jobs that read pages.</summary>
    public static IReadOnlyList<string> PageEvents { get; } = ["started", "page", "completed", "failed"];

    /// <param name="events">What there is to be told of.</param>
    /// <exception cref="McpException">There are headers, and nobody to send them to; or an event that there is not.</exception>
    public static JsonObject? Of(JsonElement? webhook, IReadOnlyList<string> events, Dictionary<string, string>? headers = null)
    {
        if (webhook is not { ValueKind: not JsonValueKind.Null } given)
        {
            return headers is null ? null : throw new McpException("webhookHeaders requires webhook: give its URL.");
        }

        var told = (given.ValueKind == JsonValueKind.Object ? JsonObject.Create(given)! : Body.Of(new { url = given })).With(
            headers is null ? null : Body.Of(new { headers })
        );
        if (told["events"] is JsonArray wanted)
        {
            told["events"] = new JsonArray([.. wanted.Select(each => (JsonNode)EventOf(each?.ToString() ?? "", events))]);
        }

        return told;
    }

    /// <summary>The event by the name that a webhook is told of it, such as <c>crawl.page</c>, or by its own.</summary>
    private static string EventOf(string name, IReadOnlyList<string> events) =>
        events.FirstOrDefault(each => each.Equals(name[(name.LastIndexOf('.') + 1)..].Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new McpException($"webhook.events: '{name}' is not one of {string.Join(", ", events)}. Nothing was sent.");
}
