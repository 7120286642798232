using McpGateway.Text;
using ModelContextProtocol;

namespace Coda.Content;

/// <summary>Addresses of pictures and pages that Coda is to show. It takes any text for one, and shows nothing.</summary>
internal static class WebAddress
{
    /// <param name="field">The tool's parameter, for the error.</param>
    /// <exception cref="McpException">It is none.</exception>
    public static string? Read(string? text, string field) =>
        text is null ? null
        : Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0 ? text.Trim()
        : throw new McpException(
            $"{field}='{Cut.To(text, 200)}' is not a web address: give it whole, such as https://example.com/a. Nothing was written."
        );
}
