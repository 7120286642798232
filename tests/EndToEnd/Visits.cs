using EndToEnd.OAuth;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>How people get to pages.</summary>
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

    /// <summary>Types the operator secret where the page has set the focus, which it has not yet when it begins to show.</summary>
    public static async Task EnterSecretAsync(this IPage page)
    {
        await Assertions.Expect(page.GetByLabel("Operator secret")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(OAuthProcess.Secret);
        await page.Keyboard.PressAsync("Enter");
    }
}
