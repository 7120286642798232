using McpGateway.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;

namespace EndToEnd.OAuth;

/// <summary>The pages in their other states: with profiles, empty, refused, and reached by the keyboard alone.</summary>
public sealed class PageRuleSpecs
{
    private const string Redirect = "http://localhost:9/callback";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_state_of_a_page_is_accessible_and_can_be_used_by_keyboard(ColorScheme scheme)
    {
        await using var gateway = await OAuthProcess.StartAsync(
            new Dictionary<string, string?> { ["PROFILES"] = "reader: read;tools=search_* open_* | team: deny=delete_*;calls=2000/day" }
        );
        var client = await OAuthProcess.RegisterAsync(gateway, Redirect, "Notes");
        await OAuthProcess.RedeemAsync(gateway, client, Redirect, await OAuthProcess.CodeOfAsync(gateway, client, Redirect));
        await using var browser = await Chromium.OpenAsync(new() { ColorScheme = scheme });
        var page = browser.Page;

        await page.VisitAsync(new Uri(gateway.Url, "/authorize?client_id=unknown").AbsoluteUri);
        await CheckAsync(page, scheme, "refused");
        await page.VisitAsync(Consent(gateway, client));
        await CheckAsync(page, scheme, "consent-with-profiles");
        // From the secret back to the choices, and on to the last of them.
        await Assertions.Expect(page.GetByLabel("Operator secret")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Profile team") })).ToBeCheckedAsync();

        await page.VisitAsync(new Uri(gateway.Url, "/connections").AbsoluteUri);
        await page.EnterSecretAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Narrow: Notes" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Narrow the connection of Notes");
        await CheckAsync(page, scheme, "connections-narrow");
        await page.GetByLabel("Access").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("is narrowed: Profile team");
        await CheckAsync(page, scheme, "connections-narrowed");
    }

    private static string Consent(GatewayProcess gateway, string client) =>
        QueryHelpers.AddQueryString(
            new Uri(gateway.Url, "/authorize").AbsoluteUri,
            new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["client_id"] = client,
                ["redirect_uri"] = Redirect,
                ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                ["code_challenge_method"] = "S256",
            }
        );

    private static async Task CheckAsync(IPage page, ColorScheme scheme, string name)
    {
        Assert.Empty(await AxeCheck.RunAsync(page));
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(
                    Repository.Root,
                    "artifacts",
                    "screenshots",
                    $"{name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png"
                ),
                FullPage = true,
            }
        );
    }
}
