using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firecrawl.Answers;
using Firecrawl.Upstream;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Alexandria;

/// <summary>
/// Runs capabilities of the catalogue. Each run has an id, so that a run whose response was lost can be asked for again without paying
/// twice.
/// </summary>
internal sealed partial class AlexandriaCalls(IAlexandriaApi api)
{
    private const int MostCalls = 10;

    /// <param name="calls">{provider, capability, options}, or up to ten of them.</param>
    /// <exception cref="McpException">The calls do not have that form.</exception>
    /// <exception cref="UpstreamException">The run failed; the message holds its id.</exception>
    public async Task<JsonObject> RunAsync(JsonElement[] calls, string? requestId, int? timeout, CancellationToken cancellationToken)
    {
        if (FindProblem(calls, requestId) is { } problem)
        {
            throw new McpException(problem);
        }

        var id = requestId ?? Guid.NewGuid().ToString();
        try
        {
            var answer = await api.RunAsync(
                Body.Of(new { alexandria = calls is [var only] ? (object)only : calls, timeout }),
                id,
                cancellationToken
            );
            Answer.Check(answer);
            answer["requestId"] = id;
            return answer;
        }
        catch (UpstreamException e) when (e is not UpstreamRateLimitException)
        {
            throw new UpstreamException(
                $"{e.Message} The request's id is {id}: give it as requestId to make the very same call again, and to no other.",
                e.Status,
                e
            )
            {
                Code = e.Code,
                IsRetryable = e.IsRetryable,
                RetryAfter = e.RetryAfter,
            };
        }
    }

    private static string? FindProblem(JsonElement[] calls, string? requestId) =>
        calls.Length is 0 or > MostCalls ? $"alexandria has {calls.Length} calls: give one to {MostCalls}."
        : Array.Exists(calls, call => !HasText(call, "provider") || !HasText(call, "capability"))
            ? "alexandria requires {provider, capability, options}, or a list of those, as firecrawl_find_tools gives them."
        : requestId is not null && !RequestId().IsMatch(requestId)
            ? $"requestId='{requestId}' is not a valid id: use 1 to 128 letters, digits and . _ : - of ASCII."
        : null;

    private static bool HasText(JsonElement call, string name) =>
        call.ValueKind == JsonValueKind.Object
        && call.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString()!.Length > 0;

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,128}\z")]
    private static partial Regex RequestId();
}
