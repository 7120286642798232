using System.Globalization;
using System.Text.Encodings.Web;

namespace McpGateway.OAuth.Pages;

/// <summary>A piece of a page. Whatever is put into a template is encoded, except another piece.</summary>
internal readonly record struct Html(string Text)
{
    public static Html Of(FormattableString template) => new(string.Format(
        CultureInfo.InvariantCulture, template.Format, [.. template.GetArguments().Select(Encoded)]));

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    private static object Encoded(object? argument) => argument is Html piece
        ? piece.Text
        : HtmlEncoder.Default.Encode(Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "");
}
