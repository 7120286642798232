using McpGateway.Text;
using ModelContextProtocol;

namespace McpGateway.Tools.Arguments;

/// <summary>Names of time zones. What is none, an API may take for UTC, or for nothing.</summary>
public static class ZoneName
{
    /// <param name="field">The tool's parameter, for the error.</param>
    /// <exception cref="McpException">It is no name of the IANA's list.</exception>
    public static string? Read(string? text, string field) =>
        text is null ? null
        : TimeZoneInfo.TryFindSystemTimeZoneById(text.Trim(), out var zone) && zone.HasIanaId ? zone.Id
        : throw new McpException(
            $"{field}='{Cut.To(text, 50)}' is not a time zone: give its name, such as Europe/Berlin, America/Los_Angeles or UTC. Nothing was sent."
        );
}
