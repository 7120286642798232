using System.Text.RegularExpressions;
using McpGateway.Tools.Schemas;

namespace Firecrawl.Jobs;

/// <summary>The id of a job, page, monitor or browser as callers give it: by itself, or within an address, of the API or of the vendor's pages.</summary>
internal sealed partial class JobIdAttribute : ReadTextAttribute
{
    /// <summary>Whether an address with several has it last, as what belongs to the others; else first, as what they belong to.</summary>
    public bool IsPart { get; init; }

    public override string Read(string text) => In(text) is { Length: > 0 } ids ? ids[IsPart ? ^1 : 0] : text;

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
