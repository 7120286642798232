using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Jobs;

/// <summary>Who is told of a job, as the API documents it (<c>{url, headers, metadata, events}</c>), from a URL or such an object.</summary>
internal static class Webhook
{
    /// <exception cref="McpException">There are headers, and nobody to send them to.</exception>
    public static JsonObject? Of(JsonElement? webhook, Dictionary<string, string>? headers = null)
    {
        if (webhook is not { ValueKind: not JsonValueKind.Null } given)
        {
            return headers is null ? null : throw new McpException("webhookHeaders requires webhook: give its URL.");
        }

        return (given.ValueKind == JsonValueKind.Object ? JsonObject.Create(given)! : Body.Of(new { url = given })).With(
            headers is null ? null : Body.Of(new { headers })
        );
    }
}
