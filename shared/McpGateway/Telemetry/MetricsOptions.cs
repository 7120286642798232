using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace McpGateway.Telemetry;

/// <summary>Whether and where measurements can be scraped, in the form of Prometheus.</summary>
public sealed class MetricsOptions
{
    /// <summary>Serves <c>/metrics</c> to callers with a token.</summary>
    [ConfigurationKeyName("METRICS")]
    public bool ToCallers { get; set; }

    /// <summary>A port of its own that serves <c>/metrics</c> alone, without a token: for a network that only a scraper reaches. Kestrel alone.</summary>
    [ConfigurationKeyName("METRICS_PORT"), Range(1, 65535)]
    public int? Port { get; set; }

    internal bool AreOn => ToCallers || Port is not null;
}
