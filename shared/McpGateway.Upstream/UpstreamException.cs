using System.Net;
using System.Text.Json;
using McpGateway.Tools.Errors;

namespace McpGateway.Upstream;

/// <summary>
/// A call to an upstream API that failed. The message is a sentence for the model: what failed and what to do, bounded,
/// without anything secret.
/// </summary>
public class UpstreamException(string message, HttpStatusCode? status = null, Exception? inner = null) : ToolException(message, inner)
{
    /// <summary>The API's response status, null when there was no response.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>The API's own name of the failure, where it has one.</summary>
    public string? Code { get; init; }

    /// <summary>Whether the same call may be made again, and may succeed then.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>The wait the API asks for before another call.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public override JsonElement? Details => UpstreamFailure.Describe(this);

    public override bool IsNotFound => Status == HttpStatusCode.NotFound;
}

/// <summary>The upstream was not asked, or refused the request for its rate: nothing was done, and the same call may be made again later.</summary>
public class UpstreamNotAskedException(string message, HttpStatusCode? status = null) : UpstreamException(message, status);

/// <summary>The upstream's rate limit is used up, for longer than we wait.</summary>
public sealed class UpstreamRateLimitException(string message, DateTimeOffset resetAt, HttpStatusCode? status = null)
    : UpstreamNotAskedException(message, status)
{
    /// <summary>When the API accepts calls again.</summary>
    public DateTimeOffset ResetAt { get; } = resetAt;
}
