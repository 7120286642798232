using McpGateway.Text;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Console.Overview;

/// <summary>A picture of columns, drawn on the server. It shows what a table beside it says.</summary>
internal static class BarChart
{
    private const double Height = 100;

    /// <param name="label">What it shows.</param>
    /// <param name="whole">The height of a column.</param>
    /// <param name="wrong">How much of it is errors.</param>
    /// <param name="hint">What a column says when the pointer is on it.</param>
    /// <param name="unit">Names a value.</param>
    public static IHtmlContent Of(
        string label,
        IReadOnlyList<SpanColumn> columns,
        Func<SpanColumn, double> whole,
        Func<SpanColumn, double> wrong,
        Func<SpanColumn, string> hint,
        Func<double, string> unit
    )
    {
        var most = Math.Max(1, columns.Max(whole));
        return Html.Of(
            $"""
            <div class="plot">
            <span class="soft peak">{Html.If(columns.Max(whole) > 0, () => Html.Of($"at most {unit(most)}"))}</span>
            <svg class="chart" viewBox="0 0 {columns.Count} {Height}" preserveAspectRatio="none" role="img" aria-label="{label}">
            {Html.Join(columns.Select((column, i) => Column(i, whole(column) / most, wrong(column) / most, hint(column))))}
            </svg>
            <div class="axis soft" aria-hidden="true">{Html.Join(Ticks(columns).Select(tick => Html.Of($"<span>{tick}</span>")))}</div>
            </div>
            """
        );
    }

    private static IHtmlContent Column(int at, double whole, double wrong, string hint)
    {
        // A single call is still to be seen.
        var height = whole > 0 ? Math.Max(1.5, whole * Height) : 0;
        var errors = wrong > 0 ? Math.Max(1.5, wrong * Height) : 0;
        return Html.Of(
            $"""<g><title>{hint}</title><rect class="room" x="{at}" y="0" width="1" height="{Height}"/><rect class="calls" x="{at + 0.12:0.##}" y="{Height - height:0.##}" width=".76" height="{Math.Max(0, height - errors):0.##}"/><rect class="errors" x="{at + 0.12:0.##}" y="{Height - errors:0.##}" width=".76" height="{errors:0.##}"/></g>"""
        );
    }

    // Few enough for a phone.
    private static IEnumerable<string> Ticks(IReadOnlyList<SpanColumn> columns) =>
        [columns[0].Label, columns[columns.Count / 2].Label, columns[^1].Label];
}
