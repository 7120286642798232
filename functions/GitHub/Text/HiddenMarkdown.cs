using System.Text.RegularExpressions;

namespace GitHub.Text;

/// <summary>
/// What Markdown has that a reader does not see: link definitions that serve as comments, and the titles of links, which show only under a mouse.
/// Code stays as it is.
/// </summary>
internal static partial class HiddenMarkdown
{
    public static string Remove(string text)
    {
        if (!text.Contains("](", StringComparison.Ordinal) && !text.Contains("]:", StringComparison.Ordinal))
        {
            return text;
        }

        var fence = "";
        var lines = text.Split('\n');
        var kept = new List<string>(lines.Length);
        foreach (var line in lines)
        {
            var start = line.TrimStart();
            if (fence.Length > 0 ? start.StartsWith(fence, StringComparison.Ordinal) : start.StartsWith("```", StringComparison.Ordinal))
            {
                fence = fence.Length > 0 ? "" : start[..(start.Length - start.TrimStart('`').Length)];
                kept.Add(line);
            }
            else if (fence.Length > 0)
            {
                kept.Add(line);
            }
            else if (!Comment().IsMatch(line))
            {
                kept.Add(Title().Replace(DefinitionTitle().Replace(line, "${definition}"), "](${url})"));
            }
        }

        var cleaned = string.Join('\n', kept);
        return cleaned == text ? text : cleaned;
    }

    /// <summary>[//]: # (what nobody sees)</summary>
    [GeneratedRegex(@"^ {0,3}\[[^\]]*\]:\s*(#|<>|<#>|/|\.)\s*(""[^""]*""?|'[^']*'?|\(.*\)?)?\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Comment();

    /// <summary>[1]: https://example.org "what nobody sees"</summary>
    [GeneratedRegex(@"^(?<definition> {0,3}\[[^\]]+\]:\s*\S+)\s+(""[^""]*""|'[^']*'|\([^)]*\))\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex DefinitionTitle();

    /// <summary>[a](https://example.org "what nobody sees")</summary>
    [GeneratedRegex(@"\]\(\s*(?<url>[^\s()`]+)\s+(""[^""]*""|'[^']*'|\([^)]*\))\s*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Title();
}
