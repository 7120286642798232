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
