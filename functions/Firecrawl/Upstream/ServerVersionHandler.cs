using System.Net;
using System.Text.Json;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>
/// Keeps from a self-hosted 2.0 what only later versions understand, and says what it is: the server's own refusal often does not.
/// A server is asked once what it is, and only when the answer matters.
/// </summary>
internal sealed class ServerVersionHandler(FirecrawlServer server, Uri baseUrl) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (
            !server.IsCloud
            && server.IsFirst != false
            && request.Content?.Headers.ContentType?.MediaType == "application/json"
            && FindLater(request.RequestUri!.AbsolutePath, await request.Content.ReadAsByteArrayAsync(cancellationToken)) is { } later
            && await IsFirstAsync(cancellationToken)
        )
        {
            throw new McpException(
                $"{later} is refused: the Firecrawl behind this gateway is a 2.0, which does not know it; nothing was sent. Leave it out, or have the operator "
                    + "update Firecrawl (FIRECRAWL_VERSION tells the gateway another version)."
            );
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static string? FindLater(string path, byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return FirstVersion.FindLater(path, json.RootElement);
    }

    /// <summary>A 2.0 has no such route; whatever else comes back leaves the question open.</summary>
    private async Task<bool> IsFirstAsync(CancellationToken cancellationToken)
    {
        if (server.IsFirst is { } known)
        {
            return known;
        }

        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/team/queue-status"));
            using var answer = await base.SendAsync(question, cancellationToken);
            server.IsFirst = false;
        }
        catch (UpstreamException e) when (e.Status == HttpStatusCode.NotFound)
        {
            server.IsFirst = true;
        }
        catch (UpstreamException)
        {
            // The request itself is sent then: its own response counts.
            return false;
        }

        return server.IsFirst.Value;
    }
}
