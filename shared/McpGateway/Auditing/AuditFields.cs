using System.Text.Json;
using McpGateway.Text;

namespace McpGateway.Auditing;

/// <summary>How fields of an audit line are written.</summary>
public static class AuditFields
{
    private const int LongestName = 128;

    /// <summary>Writes a text that others chose, such as a tool's or a client's name, bounded to 128 characters.</summary>
    public static void WriteName(this Utf8JsonWriter line, string field, string name) => line.WriteString(field, Cut.To(name, LongestName));
}
