using System.Globalization;
using McpGateway.Text;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Console.Frame;

/// <summary>Pieces that pages have in common.</summary>
public static class Pieces
{
    /// <summary>A duration in its largest unit, such as <c>3 hours</c>.</summary>
    public static string Duration(TimeSpan span) =>
        span.TotalMinutes < 1 ? Counted(span.TotalSeconds, "second")
        : span.TotalHours < 1 ? Counted(span.TotalMinutes, "minute")
        : span.TotalDays < 1 ? Counted(span.TotalHours, "hour")
        : Counted(span.TotalDays, "day");

    /// <summary>A number with its thousands separated.</summary>
    public static string Number(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number of things, such as <c>1 call</c> and <c>2,000 calls</c>.</summary>
    public static string Count(double number, string thing) => $"{Number(number)} {thing}{(number is 1 ? "" : "s")}";

    /// <summary>A duration of a call, such as <c>85 ms</c> and <c>1.2 s</c>.</summary>
    public static string Milliseconds(double milliseconds) =>
        milliseconds < 1000
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s");

    /// <summary>A size, such as <c>85 kB</c>.</summary>
    public static string Bytes(double bytes) =>
        bytes < 1000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes:0} B")
        : bytes < 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000:0.#} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000:0.#} MB");

    /// <summary>A table that scrolls by itself where the screen is too narrow.</summary>
    /// <param name="label">What it shows, for whoever does not see it.</param>
    public static IHtmlContent Table(string label, IEnumerable<string> heads, IHtmlContent rows) =>
        Html.Of(
            $"""
            <div class="scroll" role="region" aria-label="{label}" tabindex="0"><table>
            <thead><tr>{Html.Join(heads.Select(head => Html.Of($"""<th scope="col">{head}</th>""")))}</tr></thead>
            <tbody>{rows}</tbody>
            </table></div>
            """
        );

    /// <summary>A text to copy, with a button where there is script.</summary>
    /// <param name="label">What it is, such as <c>the command</c>.</param>
    public static IHtmlContent Copyable(string text, string label) =>
        Html.Of(
            $"""<div class="copy"><pre tabindex="0" aria-label="{label}"><code>{text}</code></pre><button type="button" hidden data-copy aria-label="Copy {label}">Copy</button></div>"""
        );

    private static string Counted(double number, string unit) => Count(Math.Max(1, Math.Floor(number)), unit);
}
