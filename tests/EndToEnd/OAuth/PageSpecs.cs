using System.Text.RegularExpressions;
using McpGateway.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;

namespace EndToEnd.OAuth;

/// <summary>The operator's pages in Chromium, as a person meets them. Screenshots stay in artifacts/screenshots.</summary>
public sealed class PageSpecs
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 900)]
    [InlineData(ColorScheme.Dark, 1280, 900)]
    [InlineData(ColorScheme.Light, 375, 667)]
    [InlineData(ColorScheme.Dark, 375, 667)]
    public async Task The_operator_approves_by_keyboard_sees_the_connection_and_ends_it(ColorScheme scheme, int width, int height)
    {
        await using var gateway = await OAuthProcess.StartAsync();
        // Chromium must get to the app from the form, which a form-action policy would forbid.
        await using var app = await StubUpstream.StartAsync();
        app.On("GET /callback", "{}").On("GET /favicon.ico", "");
        var redirect = $"{app.Url}/callback";
        var clientId = await OAuthProcess.RegisterAsync(gateway, redirect, "Notes on a very long name, written by somebody else");
        await using var browser = await Chromium.OpenAsync(
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = height },
            }
        );
        var page = browser.Page;
        var problems = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                problems.Add(message.Text);
            }
        };

        await page.VisitAsync(
            QueryHelpers.AddQueryString(
                new Uri(gateway.Url, "/authorize").AbsoluteUri,
                new Dictionary<string, string?>
                {
                    ["response_type"] = "code",
                    ["client_id"] = clientId,
                    ["redirect_uri"] = redirect,
                    ["code_challenge"] = Challenge,
                    ["code_challenge_method"] = "S256",
                    ["state"] = "s",
                }
            )
        );
        await AssertReadableAsync(page, scheme, width, "consent");
        await Assertions.Expect(page.GetByLabel("Operator secret")).ToBeFocusedAsync();
        await page.GetByLabel("Read only").CheckAsync();
        await page.GetByLabel("Operator secret").FocusAsync();
        await page.Keyboard.TypeAsync("a wrong secret");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not the operator secret.");
        await AssertReadableAsync(page, scheme, width, "wrong-secret");
        problems.RemoveAll(problem => problem.Contains("401", StringComparison.Ordinal));

        // What was chosen stays, and the field waits for the secret again.
        await Assertions.Expect(page.GetByLabel("Read only")).ToBeCheckedAsync();
        await page.EnterSecretAsync();
        // The address, whose check looks again and again and says what it saw; the load of the app's page is none of our business.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^" + Regex.Escape(redirect) + @"\?code="));
        var code = QueryHelpers.ParseQuery(new Uri(page.Url).Query)["code"].ToString();
        Assert.Empty(problems);

        await RedeemAsync(gateway, clientId, redirect, code);
        // The address of before there was a console.
        await page.VisitAsync(new Uri(gateway.Url, "/connections").AbsoluteUri);
        await AssertReadableAsync(page, scheme, width, "connections-login");
        await page.EnterSecretAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Access");
        await Assertions.Expect(page.GetByText("read only", new() { Exact = true })).ToBeVisibleAsync();
        await AssertReadableAsync(page, scheme, width, "connections");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^End: Notes") }).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync(new Regex("^End the connection of Notes .*\\?$"));
        await AssertReadableAsync(page, scheme, width, "connections-question");
        // Back to the list, and nothing has changed.
        await page.GetByRole(AriaRole.Link, new() { Name = "Keep as it is" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^End: Notes") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("has ended.");
        Assert.Empty(problems);
    }

    /// <summary>Style applied, nothing wider than the screen, everything nameable; and a picture for people.</summary>
    private static async Task AssertReadableAsync(IPage page, ColorScheme scheme, int width, string name)
    {
        var dark = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Dark ? "rgb(13, 17, 23)" : "rgb(245, 246, 248)", dark);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} is wider than {width}");
        Assert.Equal(1, await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync());
        Assert.Equal(
            0,
            await page.Locator("input:not([type=hidden])")
                .EvaluateAllAsync<int>("all => all.filter(input => input.labels.length === 0).length")
        );
        Assert.Empty(await AxeCheck.RunAsync(page));
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(
                    Repository.Root,
                    "artifacts",
                    "screenshots",
                    $"{name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}-{width}.png"
                ),
                FullPage = true,
            }
        );
    }

    private static async Task RedeemAsync(GatewayProcess gateway, string clientId, string redirect, string code)
    {
        // The verifier of RFC 7636, appendix B.
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = clientId,
                ["code"] = code,
                ["redirect_uri"] = redirect,
                ["code_verifier"] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            }
        );
        using var response = await gateway.Http.PostAsync(new Uri("/token", UriKind.Relative), form);
        Assert.True(response.IsSuccessStatusCode);
    }
}
