using System.Globalization;

namespace Memory.Commands;

/// <summary>How far a command is, on one line of a terminal: count, rate, time left. Where standard error is not a terminal, nothing is shown.</summary>
/// <param name="unit">What is counted, as in "entities".</param>
/// <param name="terminal">Null where there is none.</param>
internal sealed class ProgressLine(string unit, TextWriter? terminal, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);

    private readonly long began = time.GetTimestamp();
    private long? shown;
    private int width;

    public static TextWriter? Terminal => Console.IsErrorRedirected ? null : Console.Error;

    /// <param name="part">How much of the whole is done, from 0 to 1; null where the whole is not known.</param>
    public void Show(long count, double? part)
    {
        if (terminal is null || (shown is { } last && time.GetElapsedTime(last) < Interval))
        {
            return;
        }

        shown = time.GetTimestamp();
        var line = TextOf(count, part, time.GetElapsedTime(began));
        terminal.Write($"\r{line.PadRight(width)}");
        width = line.Length;
    }

    public void Dispose()
    {
        if (shown is not null)
        {
            terminal!.Write($"\r{new string(' ', width)}\r");
        }
    }

    private string TextOf(long count, double? part, TimeSpan elapsed)
    {
        var rate = count / Math.Max(elapsed.TotalSeconds, 0.001);
        var left = part is > 0.001 and < 1 ? elapsed * ((1 / part.Value) - 1) : (TimeSpan?)null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} {unit}, {rate:N0} a second{(part is { } p ? $", {p:P0}" : "")}{(left is { } l ? $", {(int)l.TotalMinutes}:{l.Seconds:00} left" : "")}"
        );
    }
}
