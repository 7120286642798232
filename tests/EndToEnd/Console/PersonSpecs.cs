using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EndToEnd.OAuth;
using McpGateway.Testing;
using Microsoft.Playwright;

namespace EndToEnd.Console;

/// <summary>The pages of a gateway in Chromium, as a person meets them. Pictures of them stay in artifacts/screenshots.</summary>
public sealed partial class PersonSpecs
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'`${1}</script>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_operator_connects_a_client_sees_what_it_did_and_ends_it(ColorScheme scheme, int width)
    {
        await using var gateway = await StartAsync();
        await using var browser = await ConsoleBrowser.OpenAsync(gateway.Url, scheme, width);
        var page = browser.Page;

        await page.VisitAsync("/mcp");
        await Assertions.Expect(page).ToHaveURLAsync(gateway.Url.AbsoluteUri);
        await browser.CheckAsync("landing");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the console" }).ClickAsync();
        await browser.CheckAsync("sign-in");
        await browser.SignInAsync();
        await browser.CheckAsync("overview-empty");

        await GoAsync(page, "Access");
        await page.GetByLabel("Name").First.FillAsync("nightly");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        await browser.CheckAsync("token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the token of nightly" }).ClickAsync();
        var token = await ClipboardAsync(page);
        Assert.StartsWith("mcp_", token, StringComparison.Ordinal);

        // The client is connected by the text that the landing page gives.
        await page.VisitAsync("/");
        await page.GetByText("curl", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the command for curl" }).ClickAsync();
        var command = (await ClipboardAsync(page)).Replace("YOUR_TOKEN", token, StringComparison.Ordinal);
        var run = await RunningProcess.RunAsync("bash", ["-c", command], cancellationToken: Cancellation);
        Assert.Contains("create_entities", run.Succeeded(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token, "read_graph", cancellationToken: Cancellation));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token, Hostile, cancellationToken: Cancellation));

        await page.VisitAsync("/console");
        await browser.CheckAsync("overview");
        await GoAsync(page, "Activity");
        await page.GetByLabel("Caller").SelectOptionAsync("nightly");
        await page.GetByLabel("Kind").SelectOptionAsync(new SelectOptionValue { Label = "calls" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.Locator("tr[data-id]")).ToHaveCountAsync(2);
        await browser.CheckAsync("activity");

        // What happens while one looks comes in by itself.
        await page.GetByRole(AriaRole.Button, new() { Name = "Follow live" }).ClickAsync();
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token, "read_graph", cancellationToken: Cancellation));
        await Assertions.Expect(page.Locator("tr[data-id]")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Link, new() { Name = "Access of nightly" }).ClickAsync();
        await browser.CheckAsync("access");
        await page.GetByRole(AriaRole.Link, new() { Name = "End: nightly" }).ClickAsync();
        await browser.CheckAsync("end");
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token, "read_graph", cancellationToken: Cancellation));
        await page.GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The token of nightly has ended.");
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(token, "read_graph", cancellationToken: Cancellation));

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.VisitAsync("/console/access");
        await Assertions.Expect(page.GetByLabel("Operator secret")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Approvals_and_tools_work_by_the_keyboard_alone(ColorScheme scheme, int width)
    {
        await using var gateway = await StartAsync();
        await using var browser = await ConsoleBrowser.OpenAsync(gateway.Url, scheme, width);
        var page = browser.Page;
        await page.VisitAsync("/console/tools/run?tool=create_entities");
        await browser.SignInAsync();
        // The link over the navigation comes first.
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await browser.TabToAsync(page.GetByLabel("entities"));
        var entities = JsonSerializer.Serialize(
            new[]
            {
                new
                {
                    name = Hostile,
                    entityType = Hostile,
                    observations = new[] { Hostile },
                },
            }
        );
        await page.Keyboard.InsertTextAsync(entities);
        await browser.CheckAsync("tool");
        await browser.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Run" }));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("ok");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "text of the answer" })).ToContainTextAsync("onerror");
        await browser.CheckAsync("answer");

        var deletion = gateway.CallAsync(Static, "delete_entities", new { entityNames = new[] { Hostile } }, Cancellation);
        await page.VisitAsync("/console/tools");
        await browser.CheckAsync("tools");
        await page.VisitAsync("/console/approvals");
        var allow = page.GetByRole(AriaRole.Button, new() { NameRegex = AllowOnce() });
        for (var look = 0; look < 100 && await allow.CountAsync() == 0; look++)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        }

        await browser.CheckAsync("approvals");
        await browser.TabToAsync(allow);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Allowed: ");
        Assert.Equal(HttpStatusCode.OK, await deletion);
        await browser.CheckAsync("approvals-empty");
    }

    [Fact]
    public async Task Without_script_every_page_works()
    {
        await using var gateway = await StartAsync();
        await using var browser = await ConsoleBrowser.OpenAsync(gateway.Url, ColorScheme.Light, 1280, script: false);
        var page = browser.Page;
        await page.VisitAsync("/console/access");
        await page.GetByLabel("Operator secret").FillAsync(OAuthProcess.Secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("Name").First.FillAsync("nightly");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();
        // A button that copies would do nothing.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy the token of nightly" })).ToHaveCountAsync(0);
        var token = await page.GetByText("mcp_").InnerTextAsync();
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(token, "read_graph", cancellationToken: Cancellation));
        foreach (var name in (string[])["Overview", "Activity", "Access", "Approvals", "Tools"])
        {
            await GoAsync(page, name);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        }
    }

    private const string Static = "console-token-0123456789abcdef";

    private static Task<GatewayProcess> StartAsync() =>
        OAuthProcess.StartAsync(
            new Dictionary<string, string?>
            {
                ["CONFIRM_DESTRUCTIVE"] = "page",
                ["MCP_BEARER_TOKENS"] = $"laptop={Static};calls=2000/day",
                ["SIBLINGS"] = "coda=http://localhost:8080,github=http://localhost:8081",
            }
        );

    private static Task GoAsync(IPage page, string section) =>
        page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = section }).ClickAsync();

    private static Task<string> ClipboardAsync(IPage page) => page.EvaluateAsync<string>("navigator.clipboard.readText()");

    [GeneratedRegex("^Allow once: ")]
    private static partial Regex AllowOnce();
}
