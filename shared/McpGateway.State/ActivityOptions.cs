using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace McpGateway.State;

/// <summary>How much is remembered of what callers did.</summary>
public sealed class ActivityOptions
{
    /// <summary>For how many days events are kept; 0 keeps none.</summary>
    [ConfigurationKeyName("ACTIVITY_DAYS"), Range(0, 3650)]
    public int Days { get; set; } = 30;

    /// <summary>How large their file may become, in megabytes: beyond it the oldest are forgotten earlier. A million events take about 100.</summary>
    [ConfigurationKeyName("ACTIVITY_MB"), Range(5, 100_000)]
    public int Megabytes { get; set; } = 200;
}
