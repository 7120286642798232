using System.Text.Json;
using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>
/// Looks at every body before it leaves, so that no tool can forget to: whatever is called url, urls or webhook, however
/// deep, must be public (<see cref="TargetGuard"/>), and in safe mode nothing may act on a page, call back or run code.
/// </summary>
internal sealed class OutgoingGuardHandler(FirecrawlOptions options, TargetGuard guard) : DelegatingHandler
{
    // What these hold is data of the caller's own, never fetched.
    private static readonly string[] Opaque = ["schema", "headers", "metadata"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (
            options.SafeMode
            && request.Method == HttpMethod.Post
            && request.RequestUri!.AbsolutePath.Contains("/interact", StringComparison.Ordinal)
        )
        {
            throw new McpException(
                "Work in a live browser is refused: this gateway runs in safe mode (FIRECRAWL_SAFE_MODE), without page actions, webhooks and code."
            );
        }

        if (request.Content?.Headers.ContentType?.MediaType == "application/json")
        {
            using var body = JsonDocument.Parse(await request.Content.ReadAsByteArrayAsync(cancellationToken));
            await CheckAsync(body.RootElement, "", cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private async Task CheckAsync(JsonElement element, string path, CancellationToken cancellationToken)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                await CheckAsync(item, $"{path}[{index++}]", cancellationToken);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject().Where(member => !Opaque.Contains(member.Name)))
            {
                var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                RefuseUnsafe(member, name);
                await CheckTargetsAsync(member, name, cancellationToken);
                await CheckAsync(member.Value, name, cancellationToken);
            }
        }
    }

    private async Task CheckTargetsAsync(JsonProperty member, string path, CancellationToken cancellationToken)
    {
        if (member.Name is not ("url" or "urls" or "webhook"))
        {
            return;
        }

        if (member.Value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (url, index) in member.Value.EnumerateArray().Select((url, index) => (url, index)))
            {
                await guard.CheckAsync($"{path}[{index}]", url.ToString(), cancellationToken);
            }
        }
        else if (member is not { Name: "webhook", Value.ValueKind: JsonValueKind.Object } && member.Value.ValueKind != JsonValueKind.Null)
        {
            // A number is an address as well; anything that is not an address is refused as such.
            await guard.CheckAsync(path, member.Value.ToString(), cancellationToken);
        }
    }

    private void RefuseUnsafe(JsonProperty member, string path)
    {
        var isUnsafe = member.Name switch
        {
            "actions" => member.Value.ValueKind != JsonValueKind.Null
                && !(member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0),
            "webhook" => member.Value.ValueKind != JsonValueKind.Null,
            // What the catalogue's own provider can do beside looking things up: run code, and accept terms for the team.
            "capability" => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is "bash" or "terms/accept",
            _ => false,
        };
        if (options.SafeMode && isUnsafe)
        {
            throw new McpException(
                $"{path} is refused: this gateway runs in safe mode (FIRECRAWL_SAFE_MODE), without page actions, webhooks and code."
            );
        }
    }
}
