using System.Globalization;
using System.Text.RegularExpressions;
using ModelContextProtocol;

namespace Firecrawl.Scraping;

/// <summary>Pages of a document, from 1 on, both ends included.</summary>
internal readonly partial record struct PageRange(int First, int Last)
{
    private const int MostPages = 10_000;

    /// <returns>Null: no pages are named.</returns>
    /// <exception cref="McpException">The pages are not a range, or lie beyond maxPages.</exception>
    public static PageRange? Of(PdfOptions? options)
    {
        if (options?.Pages is not { } pages)
        {
            return null;
        }

        var match = Form().Match(pages);
        var first = match.Success ? Read(match.Groups["first"]) : 0;
        var last = match.Groups["last"].Success ? Read(match.Groups["last"]) : first;
        return first < 1 || last < first || last > MostPages
                ? throw new McpException(
                    $"pdfOptions.pages='{pages}' is not a range of pages: use one such as 3-7 or 5, up to page {MostPages}."
                )
            : options.MaxPages < last
                ? throw new McpException(
                    $"pdfOptions.maxPages={options.MaxPages} ends before pdfOptions.pages='{pages}': leave maxPages out."
                )
            : new(first, last);
    }

    private static int Read(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^ *(?<first>[0-9]{1,5}) *([-–] *(?<last>[0-9]{1,5}) *)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
