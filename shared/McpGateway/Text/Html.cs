using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Text;

/// <summary>Pieces of a page. Whatever is put into a template is encoded, except another piece.</summary>
public static class Html
{
    public static IHtmlContent Empty => HtmlString.Empty;

    public static IHtmlContent Of(FormattableString template) =>
        new HtmlFormattableString(CultureInfo.InvariantCulture, template.Format, template.GetArguments());

    public static IHtmlContent Join(IEnumerable<IHtmlContent> pieces)
    {
        var all = new HtmlContentBuilder();
        foreach (var piece in pieces)
        {
            all.AppendHtml(piece);
        }

        return all;
    }

    /// <summary>The piece if something holds, and nothing otherwise.</summary>
    public static IHtmlContent If(bool holds, Func<IHtmlContent> piece) => holds ? piece() : Empty;
}
