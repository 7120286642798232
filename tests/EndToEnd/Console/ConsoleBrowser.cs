using EndToEnd.OAuth;
using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.Console;

/// <summary>A person at Chromium with a page of a gateway, and what holds for each page it sees.</summary>
internal sealed class ConsoleBrowser : IAsyncDisposable
{
    private const int LargestPage = 100_000;

    private readonly Chromium browser;
    private readonly ColorScheme scheme;
    private readonly int width;
    private readonly Uri gateway;
    private readonly List<string> problems = [];
    private volatile bool hasNetworkChanged;

    private ConsoleBrowser(Chromium browser, ColorScheme scheme, int width, Uri gateway) =>
        (this.browser, this.scheme, this.width, this.gateway) = (browser, scheme, width, gateway);

    public IPage Page => browser.Page;

    /// <param name="proxy">The loopback port of what stands at the gateway's public address, with a certificate of its own; null where nothing does.</param>
    public static async Task<ConsoleBrowser> OpenAsync(Uri gateway, ColorScheme scheme, int width, bool script = true, int? proxy = null)
    {
        var browser = await Chromium.OpenAsync(
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
                JavaScriptEnabled = script,
                Permissions = ["clipboard-read", "clipboard-write"],
                BaseURL = gateway.AbsoluteUri,
                IgnoreHTTPSErrors = proxy is not null,
            },
            proxy is null ? [] : [$"--host-resolver-rules=MAP {gateway.Host} 127.0.0.1:{proxy}"]
        );
        var opened = new ConsoleBrowser(browser, scheme, width, gateway);
        opened.Watch();
        return opened;
    }

    /// <summary>Types the secret where the focus is, as after every way to the sign-in.</summary>
    public async Task SignInAsync()
    {
        await Page.EnterSecretAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    /// <summary>Presses Tab until something has the focus, as whoever has no mouse does.</summary>
    public async Task TabToAsync(ILocator wanted)
    {
        for (var tabs = 0; tabs < 100; tabs++)
        {
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{wanted} cannot be reached by the keyboard.");
    }

    /// <summary>What holds for every page: accessible, no wider than the screen, light, quiet, from this gateway alone. Its picture stays for people.</summary>
    public async Task CheckAsync(string name)
    {
        if (hasNetworkChanged)
        {
            // Of the machine, by a container beside: not the page's fault.
            hasNetworkChanged = false;
            await Page.ReloadAsync();
        }

        Assert.Empty(await AxeCheck.RunAsync(Page));
        Assert.True(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} is wider than {width}");
        Assert.Equal(1, await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync());
        Assert.Equal(
            scheme == ColorScheme.Dark ? "rgb(13, 17, 23)" : "rgb(245, 246, 248)",
            await Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")
        );
        var weight = await Page.EvaluateAsync<int>(
            """
            [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
              .reduce((sum, entry) => sum + entry.decodedBodySize, 0)
            """
        );
        Assert.InRange(weight, 1000, LargestPage);
        Assert.Empty(problems);
        await Page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(
                    Repository.Root,
                    "artifacts",
                    "screenshots",
                    $"console-{name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}-{width}.png"
                ),
                FullPage = true,
            }
        );
    }

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private void Watch()
    {
        Page.Console += (_, message) =>
        {
            if (message.Text.Contains("ERR_NETWORK_CHANGED", StringComparison.Ordinal))
            {
                hasNetworkChanged = true;
            }
            else if (message.Type is "error" or "warning")
            {
                problems.Add(message.Text);
            }
        };
        Page.Dialog += (_, dialog) => problems.Add($"dialog: {dialog.Message}");
        Page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(gateway.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
            )
            {
                problems.Add($"request to {request.Url}");
            }
        };
    }
}
