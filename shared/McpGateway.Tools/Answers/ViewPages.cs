using ModelContextProtocol.Protocol;

namespace McpGateway.Tools.Answers;

/// <summary>Pages for hosts, which show them to people: no model reads them, so that they are neither cut nor counted.</summary>
internal static class ViewPages
{
    public const string Scheme = "ui://";

    public static bool Has(ResourceContents content) => content.Uri.StartsWith(Scheme, StringComparison.Ordinal);
}
