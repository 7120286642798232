using System.Text.RegularExpressions;

namespace Firecrawl.Jobs;

/// <summary>The id of a job, page, monitor or browser as callers give it: by itself, or within an address, of the API or of the vendor's pages.</summary>
internal static partial class JobId
{
    /// <summary>The id; of an address with several, the first: what the others belong to.</summary>
    public static string Of(string id) => In(id) is [var first, ..] ? first : id;

    /// <summary>The id; of an address with several, the last: what belongs to the others.</summary>
    public static string OfPart(string id) => In(id) is [.., var last] ? last : id;

    /// <summary>The ids in an address: those that follow the name of a kind, else its last segment. None in what is not an address.</summary>
    private static string[] In(string text)
    {
        var address = text.Trim();
        string[] ids = [.. AfterKind().Matches(address).Select(match => match.Groups["id"].Value)];
        return ids.Length > 0 ? ids
            : Uri.TryCreate(address, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url.Segments[^1].Trim('/') is { Length: > 0 } last
                ? [last]
            : [];
    }

    [GeneratedRegex("/(crawl|scrape|agent|extract|interact|monitors?|checks)/(?<id>[^/?#]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex AfterKind();
}
