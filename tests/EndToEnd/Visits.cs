using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>How browsers get to pages here.</summary>
internal static class Visits
{
    private const int MostTimes = 10;

    /// <summary>
    /// Opens a page; once more where Chromium stopped loading it because the machine's networks had changed, as each container that comes or goes
    /// beside does.
    /// </summary>
    public static async Task VisitAsync(this IPage page, string url)
    {
        for (var times = 1; ; times++)
        {
            try
            {
                await page.GotoAsync(url);
                return;
            }
            catch (PlaywrightException e) when (times < MostTimes && e.Message.Contains("ERR_NETWORK_CHANGED", StringComparison.Ordinal))
            {
                // Loaded again.
            }
        }
    }
}
