using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace McpGateway.OAuth.Pages;

/// <summary>Pieces of a page. Whatever is put into a template is encoded, except another piece.</summary>
internal static class Html
{
    public static IHtmlContent Empty => HtmlString.Empty;

    public static IHtmlContent Of(FormattableString template) =>
        new HtmlFormattableString(CultureInfo.InvariantCulture, template.Format, template.GetArguments());

    public static IHtmlContent Join(IEnumerable<IHtmlContent> pieces) =>
        pieces.Aggregate(new HtmlContentBuilder(), (all, piece) => (HtmlContentBuilder)all.AppendHtml(piece));
}
