using System.Globalization;
using McpGateway.Text;

namespace GitHub.Text;

/// <summary>Days as people write them, in the form GitHub takes.</summary>
internal static class Day
{
    /// <summary>The day as it is written, wherever in the world it may be another one; null: it is none.</summary>
    public static string? Of(string text) =>
        IsoTime.TryRead(text.Trim()) is not null && IsoTime.TryRead(text.Trim().Split('T', 't', ' ')[0]) is { } day
            ? day.Moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
}
