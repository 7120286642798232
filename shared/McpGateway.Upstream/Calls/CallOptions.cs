using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace McpGateway.Upstream.Calls;

/// <summary>How long calls to upstream APIs may take.</summary>
public sealed class CallOptions
{
    /// <summary>
    /// The seconds a tool call has for all of its requests, retries and waits for rate limits; then it says what is going on. Many clients give up after 60.
    /// </summary>
    [ConfigurationKeyName("CALL_DEADLINE_SECONDS")]
    [Range(10, 3600)]
    public int DeadlineSeconds { get; set; } = 50;

    internal TimeSpan Deadline => TimeSpan.FromSeconds(DeadlineSeconds);
}
