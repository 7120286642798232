using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Text;
using ModelContextProtocol;

namespace Firecrawl.Crawling;

/// <summary>The regular expressions that say which pages a crawl reads.</summary>
internal static partial class CrawlPaths
{
    private const int LongestQuote = 200;

    /// <summary>The same of options as the API takes them.</summary>
    /// <param name="place">What stands before the field's name, in the error.</param>
    public static void Check(JsonObject options, string place)
    {
        var onFullUrl = options["regexOnFullURL"]?.GetValueKind() == JsonValueKind.True;
        foreach (var name in (string[])["includePaths", "excludePaths"])
        {
            Check([.. (options[name] as JsonArray ?? []).Select(path => path?.ToString() ?? "")], place + name, onFullUrl);
        }
    }

    /// <param name="field">The tool's parameter, for the error.</param>
    /// <param name="onFullUrl">Whether whole addresses are compared, rather than their paths.</param>
    /// <exception cref="McpException">One matches nothing, so that a crawl would read no page, or every one that was to be left out.</exception>
    public static void Check(string[]? paths, string field, bool onFullUrl)
    {
        for (var index = 0; index < paths?.Length; index++)
        {
            var said = $"{field}[{index}]='{Cut.To(paths[index], LongestQuote)}'";
            if (!onFullUrl && Address().IsMatch(paths[index]))
            {
                throw new McpException(
                    $"{said} is a whole address, and only its path is compared: leave the host out, such as '/blog/.*', or give "
                        + "regexOnFullURL=true. Nothing was sent."
                );
            }

            if (Glob().IsMatch(paths[index]))
            {
                throw new McpException($"{said} is no regular expression: '.*' stands for any text, as in '/blog/.*'. Nothing was sent.");
            }
        }
    }

    [GeneratedRegex(@"^[\^(?:\s]*https?\??:", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    // A star repeats what stands before it, which is nothing there.
    [GeneratedRegex(@"^\s*\^?[*+?]|(?<!\\)\*\*")]
    private static partial Regex Glob();
}
