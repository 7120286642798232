using System.Globalization;
using System.Net;
using System.Text;

namespace Benchmarks.Curves;

/// <summary>Panels side by side as SVG, both axes logarithmic, in the reader's light or dark.</summary>
internal static class Plot
{
    private const int Width = 420;
    private const int Height = 300;
    private const int Left = 56;
    private const int Right = 16;
    private const int Top = 34;
    private const int Bottom = 48;

    // Pairs that both keep a contrast of 3 to their background.
    private const string Style = """
        <style>
          svg { background: #fff; font: 12px system-ui, sans-serif; }
          text { fill: #24292f; } .title { font-weight: 600; font-size: 13px; }
          .grid { stroke: #d8dee4; } .axis { stroke: #57606a; } .curve { fill: none; stroke-width: 2; }
          .c0 { stroke: #0969da; } .c1 { stroke: #bc4c00; } .d0 { fill: #0969da; } .d1 { fill: #bc4c00; }
          @media (prefers-color-scheme: dark) {
            svg { background: #0d1117; } text { fill: #e6edf3; } .grid { stroke: #30363d; } .axis { stroke: #8b949e; }
            .c0 { stroke: #58a6ff; } .c1 { stroke: #f0883e; } .d0 { fill: #58a6ff; } .d1 { fill: #f0883e; }
          }
        </style>
        """;

    /// <param name="axis">What the figures grow with.</param>
    public static string Draw(string axis, params Panel[] panels)
    {
        var svg = new StringBuilder();
        svg.Append(
                CultureInfo.InvariantCulture,
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {panels.Length * Width} {Height}\" role=\"img\""
            )
            .Append(CultureInfo.InvariantCulture, $" aria-label=\"{Text(Label(axis, panels))}\">\n")
            .Append(Style)
            .Append('\n');
        for (var i = 0; i < panels.Length; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({i * Width} 0)\">\n");
            Draw(svg, axis, panels[i]);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, string axis, Panel panel)
    {
        var points = panel.Curves.SelectMany(curve => curve.Points).ToList();
        var across = Scale.Of(points.Select(point => point.X), Left, Width - Right);
        var up = Scale.Of(points.Select(point => point.Y), Height - Bottom, Top);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{Left}\" y=\"20\">{Text(panel.Title)}</text>\n");
        foreach (var x in across.Marks)
        {
            Line(svg, "grid", across.At(x), Top, across.At(x), Height - Bottom);
            Write(svg, across.At(x), Height - Bottom + 16, "middle", Number(x));
        }

        foreach (var y in up.Marks)
        {
            Line(svg, "grid", Left, up.At(y), Width - Right, up.At(y));
            Write(svg, Left - 6, up.At(y) + 4, "end", Number(y));
        }

        Line(svg, "axis", Left, Height - Bottom, Width - Right, Height - Bottom);
        Line(svg, "axis", Left, Top, Left, Height - Bottom);
        Write(svg, (Left + Width - Right) / 2.0, Height - 10, "middle", axis);
        for (var i = 0; i < panel.Curves.Count; i++)
        {
            var curve = panel.Curves[i];
            var path = string.Join(' ', curve.Points.Select(point => $"{Coordinate(across.At(point.X))},{Coordinate(up.At(point.Y))}"));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"curve c{i}\" points=\"{path}\"/>\n");
            foreach (var (x, y) in curve.Points)
            {
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<circle class=\"d{i}\" cx=\"{Coordinate(across.At(x))}\" cy=\"{Coordinate(up.At(y))}\" r=\"3\"/>\n"
                );
            }

            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"d{i}\" cx=\"{Left + 12}\" cy=\"{Top + 12 + (i * 16)}\" r=\"4\"/>\n");
            Write(svg, Left + 22, Top + 16 + (i * 16), "start", curve.Name);
        }
    }

    private static void Line(StringBuilder svg, string kind, double x1, double y1, double x2, double y2) =>
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<line class=\"{kind}\" x1=\"{Coordinate(x1)}\" y1=\"{Coordinate(y1)}\" x2=\"{Coordinate(x2)}\" y2=\"{Coordinate(y2)}\"/>\n"
        );

    private static void Write(StringBuilder svg, double x, double y, string anchor, string text) =>
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Coordinate(x)}\" y=\"{Coordinate(y)}\" text-anchor=\"{anchor}\">{Text(text)}</text>\n"
        );

    private static string Label(string axis, Panel[] panels) => $"{string.Join("; ", panels.Select(panel => panel.Title))}, against {axis}";

    private static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(value < 1 ? "0.###" : "#,0", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
