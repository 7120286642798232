using Microsoft.Extensions.Configuration;

namespace McpGateway.Auditing;

/// <summary>Where audit lines go.</summary>
public sealed class AuditOptions
{
    /// <summary>A file to append to; unset means standard output.</summary>
    [ConfigurationKeyName("AUDIT_LOG")]
    public string? Path { get; set; }
}
