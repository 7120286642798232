using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Tools.Budgets;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>
/// Refuses what may cost more than the operator allows for one call; sets aside what a request may cost before it is sent, and counts what the response says
/// it did cost: for a job what its last state says, for a browser what its end says. What is not said counts as the most it could be.
/// </summary>
internal sealed class CreditsHandler(CreditJobs jobs, CreditCap cap) : DelegatingHandler
{
    // Beyond it, reading a response twice costs more than it is worth: the estimate stands.
    private const long LargestRead = 1_000_000;

    private static readonly string[] Ends = ["completed", "failed", "cancelled"];

    /// <exception cref="McpException">More than the caller, or all together, may spend.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method == HttpMethod.Get || request.Method == HttpMethod.Delete)
        {
            return await FollowAsync(await base.SendAsync(request, cancellationToken), request.Method, path, cancellationToken);
        }

        if (
            (cap.Most is null && CallAccount.Current is null)
            || CreditCost.Of(path, await ReadBodyAsync(request, cancellationToken)) is not { } most
        )
        {
            return await base.SendAsync(request, cancellationToken);
        }

        cap.Check(path, most);
        // The browser of a page is paid once for its time, however often it is used.
        if (CallAccount.Current is not { } account || jobs.Find(path) is not null)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var reservation = account.ReserveCredits(most, "Ask for less, or wait until then.");
        var cost = most;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            using var answer = await ReadAsync(response, cancellationToken);
            if (answer is not null && JobOf(path, answer.RootElement) is { } id)
            {
                jobs.Add(id, reservation);
                return response;
            }

            cost = CreditsOf(answer?.RootElement) ?? most;
            reservation.Settle(cost);
            return response;
        }
        catch (UpstreamException e)
        {
            // What was refused has cost nothing; whatever else went wrong may have.
            reservation.Settle(
                e.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.RequestTimeout
                    ? 0
                    : most
            );
            throw;
        }
        catch
        {
            reservation.Settle(most);
            throw;
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(
        HttpResponseMessage response,
        HttpMethod method,
        string path,
        CancellationToken cancellationToken
    )
    {
        if (jobs.Find(path) is { } id)
        {
            using var state = await ReadAsync(response, cancellationToken);
            var credits = method == HttpMethod.Delete ? Number(state?.RootElement, "creditsBilled") : null;
            credits ??=
                Member(state?.RootElement, "status") is { } status && Ends.Contains(status.ToString())
                    ? CreditsOf(state!.RootElement)
                    : null;
            if (credits is { } cost)
            {
                jobs.Take(id)?.Settle(cost);
            }
        }

        return response;
    }

    /// <summary>The body, or the options that go with a document.</summary>
    private static async Task<JsonObject?> ReadBodyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content =
            request.Content is MultipartContent parts
                ? parts.FirstOrDefault(part => part.Headers.ContentDisposition?.Name?.Trim('"') == "options")
            : request.Content?.Headers.ContentType?.MediaType == "application/json" ? request.Content
            : null;
        return content is null ? null : JsonNode.Parse(await content.ReadAsByteArrayAsync(cancellationToken)) as JsonObject;
    }

    private static async Task<JsonDocument?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        // In memory by then: a handler below has read it.
        var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (!content.CanSeek || content.Length > LargestRead)
        {
            return null;
        }

        try
        {
            return await JsonDocument.ParseAsync(content, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            // Whoever reads it next says what is wrong with it.
            return null;
        }
        finally
        {
            content.Position = 0;
        }
    }

    // A job or a browser that was just started: its response has its id and no result. The browser of a page goes by the page's id.
    private static string? JobOf(string path, JsonElement answer) =>
        path.EndsWith("/interact", StringComparison.Ordinal) && path.Contains("/scrape/", StringComparison.Ordinal) ? path.Split('/')[^2]
        : path.EndsWith("/scrape", StringComparison.Ordinal) && !path.EndsWith("/batch/scrape", StringComparison.Ordinal) ? null
        : answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty("id", out var id)
        && !answer.TryGetProperty("data", out _)
        && !answer.TryGetProperty("creditsUsed", out _)
            ? id.ToString()
        : null;

    private static long? CreditsOf(JsonElement? answer) =>
        Number(answer, "creditsUsed")
        ?? Number(Member(answer, "data"), "creditsUsed")
        ?? Number(Member(Member(answer, "data"), "metadata"), "creditsUsed");

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member) ? member : null;

    private static long? Number(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) && value >= 0
            ? value
            : null;
}
