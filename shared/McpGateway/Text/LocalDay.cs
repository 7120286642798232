namespace McpGateway.Text;

/// <summary>Days of a time zone.</summary>
public static class LocalDay
{
    /// <summary>When a day begins: at one o'clock where clocks are set forward at midnight, at the first midnight where there are two.</summary>
    public static DateTimeOffset Begins(DateTime day, TimeZoneInfo zone)
    {
        var midnight = DateTime.SpecifyKind(day.Date, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}
