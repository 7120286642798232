using System.Text.RegularExpressions;

namespace Coda.Links;

/// <summary>Browser links of Coda, of both of its hosts.</summary>
internal static partial class CodaLink
{
    /// <summary>Whether the text is a link at all, rather than an id or a name.</summary>
    public static bool IsLink(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The doc's id in a link such as <c>https://coda.io/d/Launch_dAbCDeFGH/Status_sumnO</c>; null where only Coda can tell.</summary>
    public static string? DocIdOf(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var url)
        && IsCoda(url.Host)
        && DocSegment().Match(url.AbsolutePath) is { Success: true } match
            ? match.Groups["id"].Value
            : null;

    /// <summary>The doc's id in an API link such as <c>https://coda.io/apis/v1/docs/AbCDeFGH/pages/canvas-IjkLmnO</c>.</summary>
    public static string? DocIdOfApi(string? href) =>
        href is not null && ApiDoc().Match(href) is { Success: true } match ? match.Groups["id"].Value : null;

    private static bool IsCoda(string host) =>
        host is "coda.io" or "superhuman.com"
        || host.EndsWith(".coda.io", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".superhuman.com", StringComparison.OrdinalIgnoreCase);

    // The id ends the segment: ten characters as a rule, else all after the last "_d".
    [GeneratedRegex("^/d/(?:[^/]*?_d(?<id>[A-Za-z0-9_-]{10})|[^/]*_d(?<id>[A-Za-z0-9_-]+))(?:/|$)")]
    private static partial Regex DocSegment();

    [GeneratedRegex("/docs/(?<id>[^/?#]+)")]
    private static partial Regex ApiDoc();
}
