using System.Text.RegularExpressions;

namespace Coda.Links;

/// <summary>Links into Coda: browser links of both of its hosts, and the URIs of its hosted MCP server and of this gateway's resources.</summary>
internal static partial class CodaLink
{
    /// <summary>Whether the text is a link at all, rather than an id or a name. The scheme of a browser link may be missing.</summary>
    public static bool IsLink(string text) => Link().IsMatch(text);

    /// <summary>Whether it leads into Coda by itself; a link to another host may be the name of a row.</summary>
    public static bool IsOfCoda(string text) =>
        IsUri(text) || (IsLink(text) && System.Uri.TryCreate(Complete(text), UriKind.Absolute, out var url) && IsCoda(url.Host));

    /// <summary>Whether it is a URI such as <c>coda://docs/AbCDeFGH/tables/grid-1</c>, which says by itself what it leads to.</summary>
    public static bool IsUri(string link) => Uri().IsMatch(link);

    /// <summary>A browser link with its scheme.</summary>
    public static string Complete(string link) => link.Contains("://", StringComparison.Ordinal) ? link : $"https://{link}";

    /// <summary>The doc's id in a link such as <c>https://coda.io/d/Launch_dAbCDeFGH/Status_sumnO</c>; null where only Coda can tell.</summary>
    public static string? DocIdOf(string link) =>
        IsUri(link) ? PartOf(link, "docs")
        : System.Uri.TryCreate(Complete(link), UriKind.Absolute, out var url)
        && IsCoda(url.Host)
        && DocSegment().Match(url.AbsolutePath) is { Success: true } match
            ? match.Groups["id"].Value
        : null;

    /// <summary>The doc's id in an API link such as <c>https://coda.io/apis/v1/docs/AbCDeFGH/pages/canvas-IjkLmnO</c>.</summary>
    public static string? DocIdOfApi(string? href) => href is null ? null : PartOf(href, "docs");

    /// <summary>The id that follows a collection's name in the path of a URI or an API link, such as <c>tables</c>.</summary>
    public static string? PartOf(string link, string collection)
    {
        var segments = link.Split('?', '#')[0].Split('/');
        var at = Array.IndexOf(segments, collection);
        return at >= 0 && at + 1 < segments.Length && segments[at + 1].Length > 0 ? System.Uri.UnescapeDataString(segments[at + 1]) : null;
    }

    private static bool IsCoda(string host) =>
        host is "coda.io" or "superhuman.com"
        || host.EndsWith(".coda.io", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".superhuman.com", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?:https?://|(?:coda|superhuman)://|(?:[a-z0-9-]+\.)*(?:coda\.io|superhuman\.com)/)", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex("^(?:coda|superhuman)://", RegexOptions.IgnoreCase)]
    private static partial Regex Uri();

    // The id ends the segment: ten characters as a rule, else all after the last "_d".
    [GeneratedRegex("^/d/(?:[^/]*?_d(?<id>[A-Za-z0-9_-]{10})|[^/]*_d(?<id>[A-Za-z0-9_-]+))(?:/|$)")]
    private static partial Regex DocSegment();
}
