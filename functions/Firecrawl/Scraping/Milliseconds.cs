using System.Globalization;
using ModelContextProtocol;

namespace Firecrawl.Scraping;

/// <summary>The API takes most times in milliseconds, and people give them in seconds.</summary>
internal static class Milliseconds
{
    /// <param name="least">The shortest time that makes sense; 0 is always one.</param>
    /// <exception cref="McpException">It is shorter.</exception>
    public static void Check(int? time, string field, int least)
    {
        if (time is not null and not 0 && time < least)
        {
            var seconds = Math.Max(1, (long)time);
            throw new McpException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{field}={time} is a time in milliseconds, and at least {least} of them: {field}={seconds * 1_000} is {seconds} s. Nothing was sent."
                )
            );
        }
    }
}

/// <summary>What runs in a browser has its time in seconds, and people give it in milliseconds.</summary>
internal static class Seconds
{
    private const int Most = 300;

    /// <exception cref="McpException">It is longer than the API takes, or none.</exception>
    public static void Check(int? time, string field)
    {
        if (time is < 1 or > Most)
        {
            throw new McpException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{field}={time} is a time in seconds: give 1 to {Most} of them. Nothing was sent."
                )
            );
        }
    }
}
