using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace McpGateway.RateLimiting;

/// <summary>How much one caller may ask.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests per second for each known caller, and for each address without one, with twice as many in one burst; 0 is no limit.</summary>
    /// <remarks>Unset: no limit on loopback, <see cref="DefaultPerSecond"/> elsewhere.</remarks>
    [ConfigurationKeyName("RATE_LIMIT_PER_SECOND"), Range(0, 100_000)]
    public int? PerSecond { get; set; }

    /// <summary>The limit of a service that others can reach.</summary>
    public const int DefaultPerSecond = 20;
}
