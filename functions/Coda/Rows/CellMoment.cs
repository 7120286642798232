using System.Globalization;

namespace Coda.Rows;

/// <summary>A date and time. One without an offset is what the doc shows: it is compared with what cells show, in whatever time zone the doc is.</summary>
/// <param name="Shown">As it is written.</param>
/// <param name="Instant">What it means everywhere; null without an offset.</param>
internal readonly record struct CellMoment(DateTime Shown, DateTimeOffset? Instant) : IComparable<CellMoment>
{
    public static CellMoment? TryRead(string? text) =>
        !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var shown) ? null
        : shown.Kind == DateTimeKind.Unspecified ? new(shown, null)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? new(instant.DateTime, instant)
        : null;

    public int CompareTo(CellMoment other) =>
        Instant is { } instant && other.Instant is { } another ? instant.CompareTo(another) : Shown.CompareTo(other.Shown);
}
