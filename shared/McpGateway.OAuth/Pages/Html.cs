using System.Globalization;
using System.Text.Encodings.Web;

namespace McpGateway.OAuth.Pages;

/// <summary>A piece of a page. Whatever is put into a template is encoded, except another piece.</summary>
internal readonly record struct Html(string Text)
{
    public static Html Of(FormattableString template) => new(template.ToString(Encoder.Instance));

    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    private sealed class Encoder : IFormatProvider, ICustomFormatter
    {
        public static readonly Encoder Instance = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) =>
            arg switch
            {
                Html piece => piece.Text ?? "",
                IFormattable value => HtmlEncoder.Default.Encode(value.ToString(format, CultureInfo.InvariantCulture)),
                _ => HtmlEncoder.Default.Encode(arg?.ToString() ?? ""),
            };
    }
}
