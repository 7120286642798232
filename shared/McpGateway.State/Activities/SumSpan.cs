namespace McpGateway.State.Activities;

/// <summary>What a row of sums is of.</summary>
internal static class SumSpan
{
    /// <summary>All calls of an hour, in two rows: those that failed are series 1, the others series 0.</summary>
    public const int EveryCall = 0;

    /// <summary>A series in an hour.</summary>
    public const int Hour = 1;

    /// <summary>A series in a day of UTC.</summary>
    public const int Day = 24;

    private const long SecondsOfHour = 3600;

    /// <summary>The hour of a moment, counted since 1970.</summary>
    public static long HourOf(DateTimeOffset moment) => Math.DivRem(moment.ToUnixTimeSeconds(), SecondsOfHour).Quotient;

    /// <summary>The first hour that begins at a moment or after it.</summary>
    public static long HourFrom(DateTimeOffset moment) => HourOf(moment.AddSeconds(SecondsOfHour - 1));

    /// <summary>The first hour of the day of an hour.</summary>
    public static long DayOf(long hour) => hour - (hour % Day);

    /// <summary>The first day that begins at an hour or after it.</summary>
    public static long DayFrom(long hour) => DayOf(hour + Day - 1);

    public static DateTimeOffset Begins(long hour) => DateTimeOffset.FromUnixTimeSeconds(hour * SecondsOfHour);
}
