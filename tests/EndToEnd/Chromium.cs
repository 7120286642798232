using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>Debian's Chromium with one page. No wait of its own is shorter than <see cref="Hang.After"/>: a busy machine is not a fault.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page) =>
        (this.playwright, this.browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <param name="options">How the page's context differs from a default one.</param>
    /// <param name="arguments">Further arguments of the program.</param>
    public static async Task<Chromium> OpenAsync(BrowserNewContextOptions options, params string[] arguments)
    {
        var program = Tool.Require("chromium", "Install Debian's package chromium.");
        var hang = (float)Hang.After.TotalMilliseconds;
        Assertions.SetDefaultExpectTimeout(hang);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = program,
                Args = ["--no-sandbox", .. arguments],
                Timeout = hang,
            }
        );
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(hang);
        return new(playwright, browser, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
