using Microsoft.Extensions.Configuration;

namespace McpGateway.State;

/// <summary>Where a gateway remembers what is not its service's own data.</summary>
public sealed class StateOptions
{
    /// <summary>The URL of a PostgreSQL database that several instances share; a file in <c>DATA_PATH</c> without it.</summary>
    [ConfigurationKeyName("STATE")]
    public string? Database { get; set; }
}
