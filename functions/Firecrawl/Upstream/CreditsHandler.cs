using System.Net;
using System.Text.Json;
using McpGateway.Tools.Budgets;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>
/// Sets aside what a request may cost before it is sent, and counts what the response says it did cost; for a job, what its last state says.
/// What is not said counts as the most it could be.
/// </summary>
internal sealed class CreditsHandler(CreditJobs jobs) : DelegatingHandler
{
    // Beyond it, reading a response twice costs more than it is worth: the estimate stands.
    private const long LargestRead = 1_000_000;

    private static readonly string[] Ends = ["completed", "failed", "cancelled"];

    /// <exception cref="McpException">More than the caller, or all together, may spend.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method != HttpMethod.Post)
        {
            return await FollowAsync(await base.SendAsync(request, cancellationToken), path, cancellationToken);
        }

        if (CallAccount.Current is not { } account || await CostOfAsync(request, path, cancellationToken) is not { } most)
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

    private async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        if (jobs.Find(path) is { } id)
        {
            using var state = await ReadAsync(response, cancellationToken);
            if (
                state?.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("status", out var status)
                && Ends.Contains(status.ToString())
                && CreditsOf(root) is { } credits
            )
            {
                jobs.Take(id)?.Settle(credits);
            }
        }

        return response;
    }

    private static async Task<long?> CostOfAsync(HttpRequestMessage request, string path, CancellationToken cancellationToken)
    {
        if (request.Content?.Headers.ContentType?.MediaType != "application/json")
        {
            return CreditCost.Of(path, null);
        }

        using var body = JsonDocument.Parse(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        return CreditCost.Of(path, body.RootElement);
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

    // A job that was just started: its response has its id and no result.
    private static string? JobOf(string path, JsonElement answer) =>
        !path.EndsWith("/scrape", StringComparison.Ordinal) || path.EndsWith("/batch/scrape", StringComparison.Ordinal)
            ? answer.ValueKind == JsonValueKind.Object
            && answer.TryGetProperty("id", out var id)
            && !answer.TryGetProperty("data", out _)
            && !answer.TryGetProperty("creditsUsed", out _)
                ? id.ToString()
                : null
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
